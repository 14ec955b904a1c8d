// A second click on the same page does nothing. The server knows the token as well: this only spares
// people the doubt. A form whose answer is a file says data-many.

export function startOnce (root) {
  root.addEventListener('submit', (event) => {
    const form = event.target
    if (form.method !== 'post' || 'many' in form.dataset || event.defaultPrevented) return
    if ('sent' in form.dataset) { event.preventDefault(); return }
    form.dataset.sent = 'yes'
    mark(form, true)
  })
  // Coming back by the browser's own button shows the page as it was: let it be sent again.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    for (const form of root.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent
      mark(form, false)
    }
  })
}

function mark (form, sent) {
  for (const button of form.querySelectorAll('button[type="submit"], button:not([type])')) {
    if (sent) button.setAttribute('aria-disabled', 'true')
    else button.removeAttribute('aria-disabled')
  }
}
