// Starts everything. Every page works without it.
import { initAll } from '../vendor/govuk-frontend/govuk-frontend.min.js'
import { startKeys } from './keys.js'
import { startTimeout } from './timeout.js'
import { startDrafts } from './draft.js'
import { startOnce } from './once.js'
import { startCodes } from './codes.js'
import { startPrint } from './print.js'
import { startBulk } from './bulk.js'
import { startSitting } from './sitting.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
if (document.querySelector('[data-module^="moj-"]:not([data-module="moj-filter"])')) {
  import('../vendor/moj-frontend/moj-frontend.min.js').then((moj) => moj.initAll())
}
startSitting(document)
startOnce(document)
startDrafts(document)
startTimeout(document)
startKeys(document)
startCodes(document)
startPrint(document)
startBulk(document)
