/** The element of the page with this id; the document and the code belong together, so its absence is a defect. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`the page has no #${id}`)
  return element as E
}

/** A new element with a class and children; text becomes text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  if (className !== '') element.className = className
  element.append(...children)
  return element
}

/** Shapes of the small drawings, in a box of 20 by 20. */
const ICONS = {
  check: 'm5 10.5 3.5 3.5L15 6.5',
  clock: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12zm0 3v3.3l2 1.7',
  alert: 'M10 4.5 17 16.500H3zM10 9v3.500m0 1.700v.3',
  half: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12zm0 3.500a2.5 2.5 0 0 1 0 5',
  question: 'M7.5 8a2.5 2.5 0 1 1 3.6 2.300c-.8.4-1.1.9-1.1 1.700m0 2.200v.3',
  cross: 'm6 6 8 8M14 6l-8 8',
  empty: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12z',
  copy: 'M7.5 7.500h8v8h-8zM12.5 7.500v-3h-8v8h3',
  again: 'M15.5 10a5.5 5.5 0 1 1-1.8-4.100M15.5 3.500v3.500H12',
} as const
export type Icon = keyof typeof ICONS

const SVG = 'http://www.w3.org/2000/svg'

export function icon(name: Icon): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', ICONS[name])
  svg.append(path)
  return svg
}
