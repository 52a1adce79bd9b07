// Makes static/dist from static/css, static/js, static/img and the front-end packages.
// Every file is named by its content, so that a browser may keep it for ever;
// manifest.json says which name is today's.
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

import * as esbuild from 'esbuild'
import * as sass from 'sass'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.dirname(here)
const dist = path.join(here, 'dist')

const settings = {
  absWorkingDir: root,
  assetNames: '[name]-[hash]',
  bundle: true,
  entryNames: '[name]-[hash]',
  legalComments: 'none',
  // No page of ours wears the pictures that Leaflet brings: our marks are made of style.
  loader: { '.png': 'empty', '.woff2': 'file' },
  metafile: true,
  minify: true,
  outdir: dist
}

// The design system comes as Sass; our own layer is plain CSS.
const fromSass = {
  name: 'sass',
  setup (build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path: file }) => {
      const { css } = sass.compile(file, { loadPaths: [path.join(root, 'node_modules')], quietDeps: true })
      return { contents: css, loader: 'css' }
    })
  }
}

// What the map needs is by itself, for the pages that have one; so is the look that somebody chose.
const ENTRIES = ['css/app.css', 'css/public.css', 'css/map.css', 'css/reading.css', 'js/main.js', 'js/map.js']

async function styleAndScript () {
  return esbuild.build({
    ...settings,
    entryPoints: ENTRIES.map((file) => path.join(here, file)),
    format: 'esm',
    plugins: [fromSass],
    target: 'es2020'
  })
}

async function pictures () {
  const names = {}
  const folder = path.join(here, 'img')
  for (const name of await readdir(folder)) {
    const { ext, name: stem } = path.parse(name)
    if (!ext) continue
    const content = await readFile(path.join(folder, name))
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase()
    names[name] = `${stem}-${hash}${ext}`
    await writeFile(path.join(dist, names[name]), content)
  }
  return names
}

// "app-AB12CD34.css" is today's "app.css"
function named (result) {
  const files = Object.keys(result.metafile.outputs).map((file) => path.basename(file))
  return Object.fromEntries(files.map((file) => [file.replace(/-[A-Z0-9]{8}(?=\.\w+$)/, ''), file]))
}

// Made once here, so that no request pays for compressing.
async function compress () {
  for (const name of await readdir(dist)) {
    if (!/\.(css|js|svg)$/.test(name)) continue
    const file = path.join(dist, name)
    const content = await readFile(file)
    await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }))
    await writeFile(`${file}.br`, brotliCompressSync(content))
  }
}

// What earlier builds left goes a day later: a server that is still running names those files.
const DAY = 24 * 60 * 60 * 1000

async function removeOld (names) {
  const kept = new Set(names.flatMap((name) => [name, `${name}.gz`, `${name}.br`]))
  for (const name of await readdir(dist)) {
    const file = path.join(dist, name)
    if (!kept.has(name) && Date.now() - (await stat(file)).mtimeMs > DAY) await rm(file)
  }
}

await mkdir(dist, { recursive: true })
const manifest = { ...named(await styleAndScript()), ...(await pictures()) }
await compress()
await writeFile(path.join(dist, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
await removeOld(['manifest.json', ...Object.values(manifest)])
