// Keys for people who log notices all day. On only when body has data-keys="on".
// A link or button with data-key="g w" (or "n") is pressed by those keys. Single keys rest while a
// field has focus. j and k move through the rows of a tbody with data-rows.

const PAUSE = 1000 // between the two keys of a pair

export function startKeys (root) {
  let first = ''
  let firstAt = 0

  root.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || root.querySelector('dialog[open]')) return
    if (event.altKey && event.key === 'Enter') return checkAnswers(event, root)
    if (root.body.dataset.keys !== 'on') return
    if (event.altKey || event.ctrlKey || event.metaKey || isField(event.target)) return
    const pair = first && Date.now() - firstAt < PAUSE ? `${first} ${event.key}` : ''
    first = event.key
    firstAt = Date.now()
    const act = (pair && named(root, pair)) || named(root, event.key) || own(root, event.key)
    if (!act) return
    event.preventDefault()
    first = ''
    act()
  })
}

function isField (element) {
  return element.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(element.tagName)
}

function named (root, keys) {
  const target = root.querySelector(`[data-key="${CSS.escape(keys)}"]`)
  return target && (() => target.click())
}

function own (root, key) {
  const acts = {
    '/': () => focusOn(root.querySelector('[data-key-search]')),
    j: () => move(root, 1),
    k: () => move(root, -1),
    x: () => rowPart(root, 'input[type="checkbox"]', (tick) => tick.click()),
    a: () => nextStep(root),
    f: () => focusOn(filterField(root))
  }
  const act = acts[key]
  return act && isPossible(root, key) ? act : null
}

function isPossible (root, key) {
  if (key === '/') return Boolean(root.querySelector('[data-key-search]'))
  if (key === 'f') return Boolean(filterField(root))
  if (key === 'a') return Boolean(currentStep(root))
  return rowLinks(root).length > 0
}

function rowLinks (root) {
  return [...root.querySelectorAll('[data-rows] tr')].map((row) => row.querySelector('a[href]')).filter(Boolean)
}

function currentRow (root) {
  const row = root.activeElement && root.activeElement.closest('[data-rows] tr')
  return row || null
}

// Focus itself moves, so Enter opens the row and nothing has to be drawn twice.
function move (root, step) {
  const links = rowLinks(root)
  const row = currentRow(root)
  const at = links.findIndex((link) => link.closest('tr') === row)
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step
  focusOn(links[Math.max(0, Math.min(links.length - 1, next))])
}

function rowPart (root, selector, act) {
  const row = currentRow(root)
  const part = row && row.querySelector(selector)
  if (part) act(part)
}

function currentStep (root) {
  const row = currentRow(root)
  return (row && row.querySelector('[data-next-step]')) || root.querySelector('.app-panel--next [data-next-step], .app-panel--next .govuk-button')
}

function nextStep (root) {
  const step = currentStep(root)
  if (step) step.click()
}

function filterField (root) {
  const fields = [...root.querySelectorAll('[data-filters] input:not([type="hidden"]), [data-filters] select, .app-narrow a')]
  return fields.find((field) => field.offsetParent !== null)
}

function focusOn (element) {
  if (!element) return
  element.focus()
  element.scrollIntoView({ block: 'nearest' })
}

// Alt+Enter sends the form one is typing in: "Check answers". It is no single key, so it never rests.
function checkAnswers (event, root) {
  const form = event.target.closest('form') || root.querySelector('form[data-draft-href]')
  const button = form && form.querySelector('button[type="submit"], button:not([type])')
  if (!button || form.getAttribute('role') === 'search') return
  event.preventDefault()
  form.requestSubmit(button)
}
