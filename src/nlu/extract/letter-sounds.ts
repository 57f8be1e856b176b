/**
 * How letters and figures are misheard when they are spelled in English: what a recogniser wrote, what may have been said, and the cost
 * of believing it (a negative logarithm: 0 is what stands there, 1 a common slip, 4 a rare one).
 */
const SLIPS = `
S F1.1 X3 H4
F S2.6 X3.6 H4
X S2.6 F3.4
A E2.4 8 3.4 H2.8 K3.4 J3.4 R3.6 I4 B4
8 A2.4 H2.6 E2.8 3 4
H A2.8 8 3
E A4 B3 D3.6 P3.2 T3.4 G3.6 C3.6 V3.6 3 4
B P3.2 D3 V2.8 E3.2 T4 G4
P B3 T3 E3.4 D4 G4
T P2.6 D2.8 C3 E3 G3.2 B4 V4
D T3 B2.8 E3.2 G3.6 P3.6 V4
C T2.6 Z3 E3.2 D3 B3.6 P3.6 G3.6 3 4 S3.6
G J2.8 D3.4 T3.2 E3.6 B4 P4
J G2.4 A3.2 H3.4 K3.4 8 4
K J3 A3 H4 8 4
V 5 0.4 B2.4 D3.4 E3.6 T3.6 P3.8
5 9 3.6 V2.6
9 5 3.4 N3.6 1 4
1 9 4 I1.5
I 1 1 Y2.6 R2.8 A3 L4
Y I3 R4
R I3.4 A3.2 L4
L O3.4 N3.8 M4 E4
O L2 R2.2 0 1 U4
0 O0.8 T4 R3.6
M N2.2
N M1.9 L4 9 3.6
Q U2.6 2 2.8
U Q3 W3.2 2 3.2
2 Q1.5 U2.6 T3 3 4
W U3.8
3 E3 T3.4 B3.6 C3.6 D3.6 G3.4 V4 P4
4 R3.8
6 X3 S3.4
7 S4
Z V1.5 C3.4 S3.4 X3.8
`

export interface Slip {
  readonly char: string
  readonly cost: number
}

function parseSlips(text: string): Slip[] {
  const slips: Slip[] = []
  for (const [, char = '', cost = ''] of text.matchAll(/([A-Z0-9]) ?(\d+(?:\.\d+)?)/g)) slips.push({ char, cost: Number(cost) })
  return slips
}

const NONE: readonly Slip[] = []
const BY_CHAR: ReadonlyMap<string, readonly Slip[]> = new Map(
  SLIPS.trim()
    .split('\n')
    .map((line): [string, Slip[]] => {
      return [line.charAt(0), parseSlips(line.slice(2))]
    }),
)

/** What else may have been said where a recogniser wrote `char` (upper case). */
export function slipsOf(char: string): readonly Slip[] {
  return BY_CHAR.get(char) ?? NONE
}

/** Letters and figures that a recogniser leaves out, vowel-like ones above all ("ar" for R), and what it costs to believe it. */
export const LEFT_OUT: readonly Slip[] = parseSlips('R2.2 S2.7 M2.7 E3.3 Z3.5 0 3.6 L3.7 T3.8 F3.8 A4 Y4 B4.2')

/** Cost of having meant `said` where `written` stands; `far` when they sound nothing alike. */
export function slipCost(written: string, said: string, far: number): number {
  if (written === said) return 0
  const slips = slipsOf(written)
  for (let i = 0; i < slips.length; i++) {
    const slip = slips[i] as Slip
    if (slip.char === said) return Math.min(slip.cost, far)
  }
  return far
}
