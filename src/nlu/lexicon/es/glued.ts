const UNITS: readonly (readonly [string, number])[] = [
  ['uno', 1],
  ['una', 1],
  ['un', 1],
  ['dos', 2],
  ['tres', 3],
  ['cuatro', 4],
  ['cinco', 5],
  ['seis', 6],
  ['siete', 7],
  ['ocho', 8],
  ['nueve', 9],
]

/** Tens as they begin a word, with the joint that follows: `veintitres`, `treintaicinco`, `cuarentaytres`, `treinticinco`. */
const TENS: readonly (readonly [string, number])[] = [
  ['dieci', 10],
  ['veinti', 20],
  ['treint', 30],
  ['cuarent', 40],
  ['cincuent', 50],
  ['sesent', 60],
  ['setent', 70],
  ['ochent', 80],
  ['novent', 90],
]
const JOINTS = ['ai', 'ay', 'i', 'y'] as const

/** `veintitres` is 23, `treintaiuno` 31; -1 for anything that is not wholly a number. */
export function gluedSpanish(word: string): number {
  for (const [tens, value] of TENS) {
    if (!word.startsWith(tens)) continue
    if (value <= 20) return unitAt(word, tens.length, value)
    for (const joint of JOINTS) if (word.startsWith(joint, tens.length)) return unitAt(word, tens.length + joint.length, value)
  }
  return -1
}

function unitAt(word: string, from: number, tens: number): number {
  for (const [unit, value] of UNITS) if (word.length === from + unit.length && word.endsWith(unit)) return tens + value
  return -1
}

const ORDINAL_UNITS: readonly (readonly [string, number])[] = [
  ['primer', 1],
  ['segund', 2],
  ['tercer', 3],
  ['cuart', 4],
  ['quint', 5],
  ['sext', 6],
  ['septim', 7],
  ['setim', 7],
  ['octav', 8],
  ['noven', 9],
]
const ORDINAL_TENS: readonly (readonly [string, number])[] = [
  ['decimo', 10],
  ['vigesimo', 20],
  ['trigesimo', 30],
]

const ORDINAL_SCALES: readonly (readonly [string, number])[] = [
  ['milesimo', 1000],
  ['millonesimo', 1_000_000],
  ['billonesimo', 1_000_000_000_000],
]
const FACTORS: ReadonlyMap<string, number> = new Map([
  ...UNITS.slice(3),
  ['diez', 10],
  ['cien', 100],
  ['doscientos', 200],
  ['trescientos', 300],
  ['cuatrocientos', 400],
  ['quinientos', 500],
  ['seiscientos', 600],
  ['setecientos', 700],
  ['ochocientos', 800],
  ['novecientos', 900],
])

/** `decimotercero` and `decimotercera` are 13th, `vigesimoprimer` 21st, `tresmilesimo` 3000th. */
export function gluedSpanishOrdinal(word: string): number {
  for (const [scale, value] of ORDINAL_SCALES)
    if (word.endsWith(scale)) return (FACTORS.get(word.slice(0, -scale.length)) ?? -1) * value
  for (const [tens, value] of ORDINAL_TENS) {
    if (!word.startsWith(tens)) continue
    for (const [unit, add] of ORDINAL_UNITS) {
      if (!word.startsWith(unit, tens.length)) continue
      const ending = word.slice(tens.length + unit.length)
      if (ending === 'o' || ending === 'a' || (ending === '' && (add === 1 || add === 3))) return value + add
    }
  }
  return -1
}

const AVOS: ReadonlyMap<string, number> = new Map([
  ['once', 11],
  ['doce', 12],
  ['trece', 13],
  ['catorce', 14],
  ['quince', 15],
  ['dieciseis', 16],
  ['veinte', 20],
  ['veint', 20],
  ['treint', 30],
  ['cuarent', 40],
  ['cincuent', 50],
  ['sesent', 60],
  ['centes', 100],
])

/** `doceavos` divides by 12. */
export function gluedSpanishFraction(word: string): number {
  const end = word.endsWith('avos') || word.endsWith('avas') ? 4 : word.endsWith('avo') || word.endsWith('ava') ? 3 : 0
  return end === 0 ? -1 : (AVOS.get(word.slice(0, -end)) ?? -1)
}
