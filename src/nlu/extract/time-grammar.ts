export interface TimeReading {
  from: number
  end: number
}
