/**
 * English words that a recogniser writes for the name of a letter or figure ("are" for R, "why" for Y), and words that it makes
 * of several ("essay" for S A). Entries are separated by `;`, several readings of one by `/`, likelier first; each has a cost like those of
 * letter-sounds.ts, 0.4 where none is given.
 */
const HEARD = `
hey A 1/8 1.6/H 2.5; eh A; ay A; ah R 1.2/A 1.5; aah R 1.2/A 1.5; be B; bee B; bi B 1; by B 1.5/Y 2.5; see C; sea C
si C 1; she C 1.2/E 2.5; cee C; de D 0.3; dee D; day D 1.2/J 2/A 2.4/8 2.6; the D 1/V 2.2/E 2/B 2
they D 1/A 1.6/8 2.2; he E 0.8/H 2.6; ef F 0.2; eff F 0.2; if F 1; half F 1.6; gee G; ge G 0.4/GE 0.4; ji G; jee G
aitch H 0.1; haitch H 0.1; age H 0.8; hate H 0.8/8 1.2; hatch H 0.6; hitch H 0.6; each H 0.8; edge H 1/J 2
eye I; aye I; hi I 0.8/HI 1/Y 2; high I 0.8; jay J; jai J 0.6; chay J 1; kay K; okay K 0.8/OK 1
cake K 2; el L; ell L; al L 0.8/AL 0.6; all L 1.2/O 1.8/R 1.6; hell L 1; em M; am M 0.8/AM 1.4; him M 1.6; en N
an N 0.6; and N 0.6; end N 0.8; in N 0.9; on N 1.6; any NE 0.6/NI 1.4; oh O 0.4/0 0.2; owe O 0.6; o O 0/0 0.1
or R 1/O 1.2; pea P; pee P; p P 0; pay P 1/A 2/8 2.4; queue Q; cue Q; que Q 0.5; cute Q 1.2/Q2 1.4; are R; our R
ar R 0.3; ra R 1; is S 1.2; as S 0.8; ass S 0.6; es S 0.4; ess S; yes S 1.2; this S 1.8; eggs X 0.8; tea T; tee T
ti T 1; you U; your U 1.4; new U 1.6/NU 1.4; ooh U; use US 1.2; vee V; we V 1; double W 1; why Y; wife Y 1.4/YF 1.6
white Y 1.4; wide Y 1.4; y Y 0; ex X; ax X 0.8; ecs X; zed Z 0; zedd Z 0; zee Z; said Z 0.6; set Z 1.4
bed Z 1.4/B 2.2; dead Z 0.8/D 2; ed Z 1/E 2; head Z 1.2; that Z 1.4; his S 1.4; teas TS 0.8/TZ 1.6
tease TS 0.8/TZ 1.6; well L 1.2; else LS 0.8; aisle L 1.4; ill L 1.2; spa SPA 0.6; lie I 1.4/Y 1.4
gene J 1.6; their D 2.4/R 2; there R 2; zero 0; nought 0; naught 0; nil 0; none 0 2; won 1; want 1 1.4; two 2; to 2
too 2; do 2 1.6/D 2; three 3; free 3; tree 3; four 4; for 4; fore 4; five 5; fife 5; six 6; sex 6; sicks 6; seven 7
eight 8; ate 8; eat 8 1/E 1.6/ET 2; it 8 1.4/E 2; at 8 1.6/AT 1.2; nine 9; mine 9 1; line 9 1.6; ten 10; essay SA
easy EZ/ECE 3/EC 1.6; angie NG; envy NV; empty MT; excel XL; ivy IV; katie KT; cutie QT; decay DK
eighty AT 0.8/80 0.8; seedy CD; tv TV; ski SK 1/SKE 2.4/SKI 2.4; sky SKY 1/SK 1; go GO 1; gulf G 0.4; hotels H 0.6
full 4 1.2/FL 2; artie RT; ok OK 0.4/K 0.8
nhs NHS 0; ray X 2; ache A 1.2/8 1; hay A 1/H 1.6; hedge H 0.8; chi G 1.4; kew Q; quay K 1; kaye K; elle L; hen N 1
hem M 1; hmm M 1.4; mm M 1; arr R; hour R 0.8; axe X 0.8; aches X 1; acts X 1.2; ewe U; hugh U 1.4; fee V 1.4/F 1.8
wye Y; wise Y 1.4; zet Z; zeds Z 0.6; tu 2; through 3 0.8; thee 3 1.4/E 2; fort 4 1.2; ford 4 1.4; hive 5 1; sick 6 1
sixth 6 1; heaven 7 1; ace A 1.6/8 1.6; night 9 1.4; know 0 1.4/NO 1.6; row 0 1.8/RO 1.6; ellie LE 0.8; emmy ME 0.8
beady BD; essex SX 0.8; icy IC 0.8; juliette J 0.1
`

export interface Reading {
  /** Letters and figures, upper case. */
  readonly chars: string
  readonly cost: number
}

const BY_WORD: ReadonlyMap<string, readonly Reading[]> = new Map(
  HEARD.trim()
    .split(/[\n;] ?/)
    .map((line): [string, Reading[]] => {
      const at = line.indexOf(' ')
      const readings = line
        .slice(at + 1)
        .split('/')
        .map((part): Reading => {
          const [chars = '', cost] = part.trim().split(' ')
          return { chars, cost: cost === undefined ? 0.4 : Number(cost) }
        })
      return [line.slice(0, at), readings]
    }),
)

/** What a word may stand for in spelling; undefined for a word that stands for no letter. */
export function heardAs(folded: string): readonly Reading[] | undefined {
  return BY_WORD.get(folded)
}

/** Between a letter and the word that spells it: "m FOR mike", "m 4 mike", "a AS IN apple". Longest first. */
const JOINTS: readonly (readonly string[])[] = [['as', 'in'], ['is', 'for'], ['for'], ['4'], ['four'], ['full'], ['like'], ['as']]

/** Words of the joint at token `i`, 0 when none stands there. `at` gives folded tokens. */
export function jointAt(at: (i: number) => string, i: number): number {
  for (const joint of JOINTS) if (joint.every((word, k) => at(i + k) === word)) return joint.length
  return 0
}
