// Shows the button that prints the page, which would do nothing without script.
export function startPrint(root) {
  for (const place of root.querySelectorAll('[data-print]')) {
    place.hidden = false
    place.querySelector('button').addEventListener('click', () => window.print())
  }
}
