"""What other directories call our kinds of activity, and our kinds of support and access. Pure.

Only words that mean the same are here. For any other the club chooses itself: nothing is guessed.
"""

KINDS = {
    "football": "sport.football",
    "rugby": "sport.rugby",
    "martial arts": "sport.martial_arts",
    "judo": "sport.martial_arts",
    "karate": "sport.martial_arts",
    "swimming": "sport.swimming",
    "athletics": "sport.athletics",
    "basketball and netball": "sport.basketball",
    "gymnastics trampolining": "sport.gym",
    "gymnastics": "sport.gym",
    "trampolining": "sport.gym",
    "tennis badminton": "sport.tennis",
    "cycling": "sport.cycling",
    "cricket": "sport.cricket",
    "netball": "sport.netball",
    "hockey": "sport.hockey",
    "multisports": "sport.multi_sport",
    "dance": "dance_arts.dance",
    "drama": "dance_arts.drama",
    "acting": "dance_arts.drama",
    "circus skills": "dance_arts.circus",
    "arts crafts and cooking": "dance_arts.art",
    "arts and crafts": "dance_arts.art",
    "art and craft": "dance_arts.art",
    "singing": "music.choir",
    "youth clubs": "youth.club",
    "youth club": "youth.club",
    "holiday activities": "holiday.club",
    "holiday clubs and schemes": "holiday.club",
    "haf summer activities": "holiday.haf",
    "forest school": "outdoor.forest_school",
    "gardening": "outdoor.gardening",
    "coding": "stem_games.coding",
    "chess": "stem_games.chess",
}
MARKS = {
    "wheelchair accessible entrance": "step_free",
    "accessible toilet facilities": "wheelchair_toilet",
    "british sign language bsl": "bsl",
    "british sign language": "bsl",
    "disabled car parking space": "blue_badge",
    "hoist": "hoist",
    "hearing loop": "hearing_loop",
    "bus stop nearby": "bus_stop",
    "changing places toilet": "changing_places",
}
# Words that say no more than that it is an activity: nothing is lost where they are left out.
SAY_NOTHING = frozenset({"things to do", "clubs and groups", "activities", "activity"})
