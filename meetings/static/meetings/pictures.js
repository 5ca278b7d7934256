// Pictures of pages: the small one at once, the sharp one as soon as it is there, the neighbours beforehand. Never more than six are kept decoded,
// so that an old tablet has room for them.
export const SMALL = 200, WHOLE = 1200, FINE = 2400
const MOST = 6

export class Pictures {
  #kept = new Map()       // address -> Image, the least used first

  address(manifest, page, width) { return `/files/pages/${manifest.file}/${manifest.key}/${page}-${width}` }

  has(address) { return Boolean(this.#kept.get(address)?.complete && this.#kept.get(address).naturalWidth) }

  // A promise of the picture at this address, decoded as far as the browser does that.
  get(address) {
    const image = this.#kept.get(address) ?? this.#fetch(address)
    this.#kept.delete(address)
    this.#kept.set(address, image)
    this.#forget()
    return image.ready
  }

  // One after another, nearest first; given up as soon as something else is wanted.
  async prefetch(addresses, wanted) {
    for (const address of addresses) {
      if (!wanted()) return
      await this.get(address).catch(() => null)
    }
  }

  #fetch(address) {
    const image = new Image()
    image.decoding = "async"
    image.ready = new Promise((resolve, reject) => {
      image.onload = () => resolve(image)
      image.onerror = () => { this.#kept.delete(address); reject(new Error(address)) }
    })
    image.ready.catch(() => null)
    image.src = address
    return image
  }

  #forget() {
    while (this.#kept.size > MOST) {
      const [oldest, image] = this.#kept.entries().next().value
      this.#kept.delete(oldest)
      image.onload = image.onerror = null
      if (!image.complete) image.src = ""
    }
  }
}

// [width, height] of a page, in points.
export function shapeOf(manifest, page) {
  let left = page
  for (const [count, width, height] of manifest.shapes) {
    if (left <= count) return [width, height]
    left -= count
  }
  return [595, 842]
}

// Pages are made in their order.
export function isReady(manifest, page) { return page <= manifest.ready }
