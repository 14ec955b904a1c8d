// Run by vendor_frontend in a temporary folder: prints MoJ's own rendering of each component
// we draw, with the parameters used. Plain text only in names: all people are invented.
const path = require('path')
const nunjucks = require('nunjucks')

const modules = path.join(__dirname, 'node_modules')
const environment = nunjucks.configure(
  [path.join(modules, 'govuk-frontend', 'dist'), path.join(modules, '@ministryofjustice', 'frontend')],
  { autoescape: true, trimBlocks: true, lstripBlocks: true }
)
const filters = require(path.join(modules, '@ministryofjustice', 'frontend', 'moj', 'filters', 'all.js'))()
for (const [name, filter] of Object.entries(filters)) environment.addFilter(name, filter)

const cases = {
  badge: [
    ['default', { text: 'Urgent' }],
    ['with classes', { text: 'Urgent', classes: 'moj-badge--red' }],
    ['with html', { html: 'Very <b>urgent</b>' }],
    ['with attributes', { text: 'Urgent', attributes: { id: 'first', 'data-kind': 'a & b' } }],
    ['text is escaped', { text: 'A < B' }]
  ],
  'sub-navigation': [
    ['default', { items: [{ text: 'Overview', href: '/a', active: true }, { text: 'Notice', href: '/b' }] }],
    ['with label', { label: 'This exclusion', items: [{ text: 'Overview', href: '/a' }] }],
    ['with classes and attributes', {
      label: 'Saved filters', classes: 'app-one', attributes: { id: 'saved' },
      items: [{ text: 'This term (214)', href: '/a?x=1&y=2', classes: 'app-two', attributes: { 'data-n': '1' }, active: true }]
    }],
    ['with html', { items: [{ html: 'Letters <b>2</b>', href: '/l' }] }]
  ],
  timeline: [
    ['default', {
      items: [
        { label: { text: 'Notice logged' }, text: 'From the head.', datetime: { timestamp: '2026-10-19T08:42:00', type: 'datetime' }, byline: { text: 'Asha Merriman' } },
        { label: { text: 'Letter sent' }, text: 'To the parents.', datetime: { timestamp: '2026-10-19T15:10:00', type: 'shortdatetime' } }
      ]
    }],
    ['with heading level', { headingLevel: 3, items: [{ label: { text: 'Notice logged' }, text: 'A.', datetime: { timestamp: '2026-10-19T08:42:00', type: 'date' } }] }],
    ['with html', {
      classes: 'app-one', attributes: { id: 'timeline' },
      items: [{ classes: 'app-two', attributes: { id: 'e1' }, label: { html: 'Notice <b>logged</b>' }, html: '<p>From the <a href="/s">school</a>.</p>', datetime: { timestamp: '2026-10-19T08:00:00', type: 'time' }, byline: { html: '<b>Asha</b>' } }]
    }]
  ],
  'identity-bar': [
    ['default', { title: { text: 'Kieran Holloway' } }],
    ['with html', { title: { html: '<a href="/p/1">Kieran Holloway</a>' } }],
    ['with classes and attributes', { classes: 'app-one', attributes: { id: 'who' }, title: { text: 'Kieran' } }],
    ['empty', {}]
  ],
  filter: [
    ['default', { heading: { text: 'Filter' }, submit: {}, optionsHtml: '<p>Options</p>' }],
    ['with attributes', { attributes: { id: 'panel' }, heading: { html: '<i>Filter</i>' }, submit: { text: 'Apply', attributes: { 'data-x': 'y' } }, optionsHtml: '' }],
    ['with selected filters', {
      heading: { text: 'Filter' },
      submit: { attributes: { id: 'go' } },
      selectedFilters: {
        heading: { text: 'Chosen' },
        clearLink: { text: 'Clear all', href: '/exclusions/?a=1&b=2' },
        categories: [
          { heading: { text: 'Kind' }, items: [{ text: 'Permanent', href: '/x' }, { text: 'Suspension', href: '/y' }] },
          { heading: { html: '<i>First day</i>' }, items: [{ text: 'This term', href: '/z' }] }
        ]
      },
      optionsHtml: '<p>Options</p>'
    }]
  ]
}

const result = {}
for (const [component, list] of Object.entries(cases)) {
  const macro = 'moj' + component.split('-').map((word) => word[0].toUpperCase() + word.slice(1)).join('')
  result[component] = list.map(([name, options]) => {
    const source = `{% from "moj/components/${component}/macro.njk" import ${macro} %}{{ ${macro}(params) }}`
    return { name, options, html: environment.renderString(source, { params: options }) }
  })
}
process.stdout.write(JSON.stringify(result))
