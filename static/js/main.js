// Everything works without this file. It only makes some things quicker or kinder.
import { CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, createAll, isSupported } from 'govuk-frontend'

import { offerCopying } from './copy-text.js'
import { listenForExit } from './exit-this-page.js'
import { forgetOnReturn } from './forget-on-return.js'
import { listenForKeys } from './keys.js'
import { offerNearMe } from './near-me.js'
import { refuseSecondPress } from './press-once.js'
import { offerReadyWords } from './ready-words.js'
import { offerSharing } from './share.js'

listenForExit()
forgetOnReturn()
listenForKeys()
refuseSecondPress()
offerNearMe()
offerReadyWords()
offerCopying()
offerSharing()

// The design system asks for this class before it starts. Setting it here, not in the page,
// keeps every page free of inline script.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')
if (isSupported()) {
  for (const component of [CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios]) {
    createAll(component)
  }
}
