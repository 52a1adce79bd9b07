"""Open Referral UK 3.0 (a profile of HSDS 3.0): the register as services, at `/oruk/v3`."""
