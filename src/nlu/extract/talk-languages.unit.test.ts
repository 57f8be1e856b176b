import { describe, expect, it } from 'vitest'
import { slot, take, understand } from '../testing/ask.ts'

describe('yes and no in Spanish, French and German', () => {
  it.each([
    ['es', 'sí', true],
    ['es', 'si, claro', true],
    ['es', 'Por supuesto que sí', true],
    ['es', 'eso es', true],
    ['es', 'creo que sí', true],
    ['es', 'de acuerdo', true],
    ['es', 'no', false],
    ['es', 'no, gracias', false],
    ['es', 'creo que no', false],
    ['es', 'no es correcto', false],
    ['es', 'de acuerdo, pero no está bien', false],
    ['es', '¡En absoluto!', false],
    ['fr', 'oui', true],
    ['fr', "Oui, c'est ça", true],
    ['fr', 'tout à fait', true],
    ['fr', "d'accord", true],
    ['fr', 'bien sûr', true],
    ['fr', 'je pense que oui', true],
    ['fr', 'non', false],
    ['fr', 'Non merci', false],
    ['fr', 'pas du tout', false],
    ['fr', "ce n'est pas correct", false],
    ['fr', "d'accord, mais ce n'est pas bon", false],
    ['fr', 'bien sûr que non', false],
    ['de', 'ja', true],
    ['de', 'Ja, genau', true],
    ['de', 'das stimmt', true],
    ['de', 'natürlich', true],
    ['de', 'auf jeden Fall', true],
    ['de', 'ich glaube schon', true],
    ['de', 'nein', false],
    ['de', 'nö', false],
    ['de', 'auf keinen Fall', false],
    ['de', 'das stimmt nicht', false],
    ['de', 'ich glaube nicht', false],
    ['de', 'einverstanden, aber das ist nicht richtig', false],
  ])('%s "%s" is %s', (locale, text, value) => {
    expect(understand(text, { slots: [], yesNo: true, locale }).yesNo?.value).toBe(value)
    expect(take('yes-no', locale, text)).toBe(value)
  })

  it.each([
    ['es', 'Mario Rossi'],
    ['es', 'se llama Juan'],
    ['fr', 'Marie Dupont'],
    ['fr', 'le quinze'],
    ['de', 'Anna Schmidt'],
    ['de', 'der fünfzehnte'],
  ])('%s "%s" is neither', (locale, text) => {
    expect(understand(text, { slots: [], yesNo: true, locale }).yesNo).toBeUndefined()
  })
})

describe('a universal command that does not count', () => {
  it.each([
    ['it', 'ricominciamo da capo'],
    ['de', 'von vorne'],
    ['es', 'volver a empezar'],
    ['fr', 'tout recommencer'],
  ])('is no name: %s "%s"', (locale, text) => {
    for (const type of ['full-name', 'first-name', 'last-name'] as const)
      expect(understand(text, { slots: [slot(type)], locale, commands: ['operator', 'cancel'] }).candidates).toEqual([])
  })
})

describe('universal commands', () => {
  it.each([
    ['en', "let's start again", 'start-over'],
    ['it', 'mi serve aiuto', 'help'],
    ['es', '¿me puede ayudar?', 'help'],
    ['es', 'páseme con un agente', 'operator'],
    ['fr', 'on recommence', 'start-over'],
    ['de', 'fangen wir neu an', 'start-over'],
  ])('%s "%s" is %s', (locale, text, command) => {
    expect(understand(text, { slots: [], locale }).command).toBe(command)
  })

  it.each([
    ['es', 'ayuda', 'help'],
    ['es', '¿Puede ayudarme, por favor?', 'help'],
    ['es', '¿puede repetir?', 'repeat'],
    ['es', 'quiero empezar de nuevo', 'start-over'],
    ['es', 'atrás', 'go-back'],
    ['es', 'quiero hablar con un operador', 'operator'],
    ['es', 'cancelar, gracias', 'cancel'],
    ['es', '¿qué he dicho?', 'what-did-i-say'],
    ['es', 'prefiero no decirlo', 'skip'],
    ['fr', "j'ai besoin d'aide", 'help'],
    ['fr', 'pouvez-vous répéter ?', 'repeat'],
    ['fr', 'recommencer depuis le début', 'start-over'],
    ['fr', 'revenir en arrière', 'go-back'],
    ['fr', "je voudrais parler à quelqu'un", 'operator'],
    ['fr', 'annulez, merci', 'cancel'],
    ['fr', "qu'est-ce que j'ai dit ?", 'what-did-i-say'],
    ['fr', 'question suivante', 'skip'],
    ['de', 'Hilfe!', 'help'],
    ['de', 'Können Sie das bitte wiederholen?', 'repeat'],
    ['de', 'von vorne anfangen', 'start-over'],
    ['de', 'zurück', 'go-back'],
    ['de', 'Ich möchte mit einem Mitarbeiter sprechen', 'operator'],
    ['de', 'bitte abbrechen', 'cancel'],
    ['de', 'was habe ich gesagt?', 'what-did-i-say'],
    ['de', 'nächste Frage', 'skip'],
  ])('%s "%s" is %s', (locale, text, command) => {
    expect(understand(text, { slots: [slot('number')], locale }).command).toBe(command)
  })
})

describe('chatter in Spanish, French and German', () => {
  it.each([
    ['es', 'buenos días'],
    ['es', 'no lo sé'],
    ['es', '¿quién eres?'],
    ['fr', 'bonjour'],
    ['fr', 'je ne sais pas'],
    ['fr', 'comment allez-vous ?'],
    ['de', 'guten Morgen'],
    ['de', 'keine Ahnung'],
    ['de', 'wie geht es Ihnen?'],
  ])('%s "%s" is no name', (locale, text) => {
    expect(take('full-name', locale, text)).toBeUndefined()
  })
})
