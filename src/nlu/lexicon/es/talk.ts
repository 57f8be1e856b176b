import type { TalkWords } from '../source.ts'

export const talk: TalkWords = {
  as: {
    filler:
      'eh em este pues bueno mmm mm hm ah oh vale ok okay si no hola gracias perdon perdona disculpe oye oiga a ver entonces era es digo mejor dicho creo',
    common:
      'maximo minimo total redondos mensuales mensual anuales anual exactos justos brutos netos aproximadamente incluido incluidos aprox ' +
      'el la los las lo un una unos unas uno de del a al en con por para sin sobre entre hasta desde y e o u pero si que quien no ni ' +
      'yo tu usted el ella nosotros vosotros ustedes ellos ellas me te se nos os mi mis tu tus su sus mio mia tuyo suyo nuestro nuestra este esta esto estos estas ese esa eso aquel aquella ' +
      'soy eres es somos sois son era eras fue fui ser sido estoy estas esta estamos estan estar estaba he has ha hemos han haber habia tengo tienes tiene tenemos tienen tener ' +
      'hago haces hace hacer hecho digo dices dice decir dicho voy vas va vamos van ir puedo puedes puede podemos pueden poder podria quiero quieres quiere querer quisiera ' +
      'debo debe deber se sabe saber entiendo entender hablo creo pienso parece necesito necesita llamo llamas llama llaman llamar escribo escriba escribir mando manda ' +
      'como cosa cuando donde porque cual cuales cuanto cuanta cuantos cuantas mas menos muy mucho mucha poco poca demasiado todo toda todos nada algo alguien nadie ' +
      'aun todavia ya nunca jamas siempre ahora luego despues antes aqui ahi alli tambien solo solamente asi tal vez quiza quizas ' +
      'nombre nombres apellido apellidos correo email mail telefono movil celular numero direccion fecha nacimiento nacido nacida cumpleanos codigo ' +
      'hola buenos buenas dias tardes noches gracias favor perdon disculpe ayuda operador repita repetir saltar cancelar basta parar volver atras pregunta respuesta problema ' +
      'vale bien perfecto genial claro exacto exactamente correcto cierto verdad seguro seguramente por supuesto desde luego ' +
      'otro otra persona momento minuto espere espera asdf qwerty asd bla lol prueba test dinero pagar pedido reservar cita gato perro coche casa acuerdo idea hablar incorrecto falso mal',
    title: 'senor senora senorita sr sra srta don dona doctor doctora dr dra profesor profesora prof ingeniero licenciado',
    particle: 'de del la las los y van von der da dos di el san santa mac',
    question: 'que quien quienes como cuando donde porque cual cuales cuanto cuanta cuantos cuantas',
    copula: 'es son',
    not: 'no',
    only: 'solo sola solamente',
    self: 'yo soy',
    firstName:
      'maria carmen ana josefa isabel dolores pilar laura cristina marta lucia paula elena sara alba raquel rosa silvia patricia andrea rocio monica beatriz ' +
      'antonio jose manuel francisco juan david javier daniel carlos jesus alejandro miguel rafael pedro pablo angel sergio fernando jorge luis alberto alvaro ' +
      'diego adrian raul ivan ruben oscar ramon enrique vicente andres ignacio marcos hugo martin mateo leo lucas sofia valeria martina julia emma carla irene ' +
      'joaquin santiago eduardo roberto ricardo guillermo gabriel mariana camila valentina gonzalo jaime nuria teresa alicia ines mario',
  },
  yes:
    'debería funcionar|funciona|funcionaría|lo haré|hagámoslo|hagamos eso|me vale|me va bien|apruebo|aprobado|hecho|trato hecho|sí señor|totalmente|eso mismo|tal cual|supongo|' +
    'creo que sí|supongo que sí|pienso que sí|yo diría que sí|sí|si|sip|yes|claro|claro que sí|por supuesto|por supuesto que sí|desde luego|cómo no|exacto|exactamente|correcto|es correcto|eso es|así es|' +
    'es verdad|verdad|cierto|es cierto|efectivamente|en efecto|vale|ok|okay|okey|de acuerdo|estoy de acuerdo|está bien|muy bien|bien|perfecto|genial|estupendo|seguro|sin duda|afirmativo|' +
    'confirmo|confirmado|lo confirmo|está correcto|todo correcto|adelante|ya lo creo|me parece bien|desde ya|con mucho gusto|ajá|aja|por qué no|y por qué no|no hay problema|no hay ningún problema|ningún problema|sin problema|sin problemas|absolutamente|sin inconveniente|no está mal|no tengo inconveniente|no hay inconveniente|👍|👌|✅|✔|🆗|👏|💯|🙂|😀',
  no:
    'no funciona|no funcionaría|no lo haré|no quiero|no me vale|no me va bien|rechazo|no apruebo|ni de broma|ninguno|no está ok|no es ok|no ok|en desacuerdo|estoy en desacuerdo|' +
    'no|nop|no gracias|para nada|en absoluto|de ninguna manera|de ningún modo|ni hablar|nunca|jamás|negativo|incorrecto|es incorrecto|falso|es falso|mal|está mal|equivocado|está equivocado|' +
    'no es correcto|no es cierto|no es verdad|no es así|no está bien|no es eso|no exactamente|no del todo|no creo|creo que no|no lo creo|me parece que no|diría que no|no estoy de acuerdo|' +
    'tampoco|claro que no|por supuesto que no|desde luego que no|no me va|no vale|no confirmo|qué va|nada de eso|en ningún caso|bajo ningún concepto|ni en sueños|seguro que no|absolutamente no|me temo que no|espero que no|mejor no|no por favor|obviamente no|evidentemente no|ni loco|ni loca|de eso nada|por nada del mundo|👎|❌|✖|🚫|🙅',
  undecided:
    'no estoy seguro|no estoy segura|no estoy muy seguro|no estoy muy segura|no estoy del todo seguro|no estoy del todo segura|no estoy tan seguro|no estoy tan segura|no muy seguro|no muy segura|no sé|no lo sé|no sabría|no sabría decir|no me acuerdo|no recuerdo|no lo recuerdo|no tengo idea|no tengo ni idea|ni idea|no es seguro|no seguro|no segura',
  plain: 'si no sip nop',
  polite:
    'por favor|gracias|ok|vale|puedes|puede|podrías|podría|quiero|quisiera|querría|me gustaría|necesito|me puedes|me puede|ahora|perdona|perdón|disculpe|pues|bueno|oye|oiga|hola|un momento|quiero que|tengo que|vamos a',
  commands: {
    help: 'ayuda|ayúdame|ayúdeme|ayudarme|me puede ayudar|me puedes ayudar|puede ayudarme|puedes ayudarme|ayudar|me ayudas|me ayuda|necesito ayuda|qué puedo decir|qué tengo que decir|qué debo decir|qué tengo que hacer|qué hago|no entiendo|cómo funciona|explícame|explíqueme|qué significa|help',
    repeat:
      'repite|repita|repetir|repítelo|repítalo|repite la pregunta|repita la pregunta|repetir la pregunta|cómo|cómo dices|cómo dice|qué|qué has dicho|qué ha dicho|qué dijiste|qué dijo|no te he oído|no le he oído|no he oído|no lo he oído|otra vez|de nuevo|una vez más|puede repetir|puedes repetir',
    'start-over':
      'empezar de nuevo|empieza de nuevo|empezar otra vez|empezamos de nuevo|volver a empezar|vuelve a empezar|volvamos a empezar|desde el principio|desde el inicio|desde cero|reiniciar|reinicia|comenzar de nuevo|empecemos de nuevo|reset',
    'go-back':
      'atrás|volver|vuelve|volver atrás|vuelve atrás|ir atrás|la pregunta anterior|pregunta anterior|anterior|volver a la pregunta anterior|un paso atrás|deshacer',
    operator:
      'operador|operadora|un operador|una operadora|agente|un agente|humano|un humano|persona|una persona|una persona real|un ser humano|hablar con un operador|hablar con una operadora|hablar con un agente|hablar con una persona|páseme con un agente|páseme con un operador|páseme con una persona|pásame con un agente|pásame con un operador|pásame con una persona|' +
      'hablar con alguien|hablar con un humano|pásame con un operador|páseme con un operador|pásame con una persona|atención al cliente|servicio al cliente|asistencia|soporte',
    cancel:
      'cancelar|cancela|cancele|cancelarlo|cancelar todo|cancela todo|para|parar|pare|basta|stop|salir|sal|terminar|termina|olvídalo|olvídelo|déjalo|déjelo|no importa|no quiero continuar|no quiero seguir|fin|anular|anula',
    'what-did-i-say':
      'qué he dicho|qué dije|qué te he dicho|qué le he dicho|qué he dicho hasta ahora|qué tienes|qué tiene apuntado|qué has entendido|resumen|resume|resumir|un resumen',
    skip: 'saltar|salta|sáltalo|sáltala|saltar esta|saltar esta pregunta|salta esta pregunta|omitir|omite|paso|pasar|siguiente|siguiente pregunta|la siguiente|no tengo|no lo tengo|no la tengo|prefiero no decirlo|prefiero no contestar|prefiero no responder|skip',
  },
  cues: {
    name: 'me llamo|mi nombre es|mi nombre completo es|el nombre es|nombre es|nombre y apellidos|nombre y apellido|nombre completo|nombre|llámame|llámeme|a nombre de',
    selfName: 'soy|yo soy|es|habla|le habla|aquí|soy el|soy la',
    holder: 'a nombre de|en nombre de|de parte de|bajo el nombre de|bajo el nombre|por cuenta de',
    under: 'bajo',
    nameBehind: 'al teléfono|al aparato|al habla|es mi nombre|es el nombre|le habla|por aquí',
    booking: 'reserva|reservas|reservado|reservada|reservar|mesa|cita|habitación',
    firstName: 'nombre|de nombre|nombre de pila|el nombre es|mi nombre es|mi nombre|nombre es|el nombre',
    lastName:
      'apellido|apellidos|de apellido|el apellido es|mi apellido es|mi apellido|mis apellidos son|los apellidos son|apellido es|apellidos son|el apellido',
    birth:
      'nací|nací el|nací en|nacido|nacida|nacido el|nacida el|nacido en|nacida en|cumpleaños|fecha de nacimiento|nacimiento|fecha de nacimiento es',
    date: 'fecha|la fecha es|fecha es|el día',
    phone:
      'teléfono|mi teléfono es|el teléfono es|teléfono es|número de teléfono|número de teléfono es|móvil|el móvil es|mi móvil es|celular|mi celular es|tel|mi número es|el número es|número es|número|llámame al|llámeme al|contacto',
    email: 'correo|correo electrónico|email|e mail|mail|dirección de correo',
    number: 'número',
    code: 'código|número',
    day: 'día|el día|el día es',
    month: 'mes|el mes|el mes es',
    year: 'año|el año|el año es',
  },
  chatter:
    'buenos días|buenas tardes|buenas noches|buenas|qué tal|cómo estás|cómo está|muchas gracias|mil gracias|no sé|no lo sé|ni idea|un momento|un segundo|quién eres|quién es usted|feliz cumpleaños|muy bien|hasta luego|hasta pronto|adiós|' +
    'buen día|por qué no|de nada|entiendo|ya veo|feliz navidad',
}
