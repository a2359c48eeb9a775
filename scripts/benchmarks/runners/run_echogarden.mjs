// echogarden's dtw engine: MODULE AUDIO TEXT LANGUAGE OUT
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [module, audio, text, language, out] = process.argv.slice(2)
const { align } = await import(pathToFileURL(module).href)

// Decoded here, because echogarden would fetch a program that decodes.
const header = 44
const bytes = Uint8Array.from(readFileSync(audio)).subarray(header)
const whole = new Int16Array(bytes.slice().buffer)
const sound = { audioChannels: [Float32Array.from(whole, (one) => one / 32768)], sampleRate: 16000 }

const { wordTimeline } = await align(sound, readFileSync(text, 'utf8'), { engine: 'dtw', language })
const words = wordTimeline.map((word) => [word.text, word.startTime, word.endTime])
writeFileSync(out, JSON.stringify(words))
process.exit(0)
