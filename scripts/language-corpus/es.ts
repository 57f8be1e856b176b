/** Spanish as people write to a service: what words and endings the table learns from, beside lexicons and templates. */
export const es = `
el la los las un una unos unas de a en con por para sin sobre entre hasta desde hacia según durante del al y e o u pero si que quien no ni como cuando donde porque cuánto cuál también todavía ya nunca siempre mucho poco más menos todo todos nada algo alguien cada otro mismo propio solo solamente yo tú él ella nosotros vosotros ellos ellas usted ustedes me te se nos os lo le les mi mis tu tus su sus nuestro este esta esto estos estas ese esa eso aquel soy eres es somos son era eran fue ser sido estoy estás está están estaba he has ha hemos han haber había hay tengo tiene tener hecho hacer dicho decir ir voy venir puedo puede poder debo debe quiero quiere quisiera saber sé bien mal así después antes ahora luego hoy ayer mañana entonces pues mientras contra bajo dentro fuera cerca lejos cosa cosas año años día días vez veces casa hombre mujer tiempo vida mano parte país mundo trabajo
volveré la semana que viene
quisiera reservar una cita para el próximo lunes
me pueden llamar mañana por la tarde
a las tres y media, por favor
nací en diciembre
pasado mañana al mediodía
hace dos semanas, el mes pasado, el año que viene, este fin de semana
hace unos días
ocurrió ayer por la noche
el primero de mayo
por la mañana, por la tarde, por la noche, a medianoche
empieza a las nueve en punto
veinticinco mil treinta
ciento veinte euros con cincuenta céntimos
medio millón de libras
el segundo y el tercero, la cuarta, la quinta, vigésimo, centésimo
mi número de teléfono es seis seis cinco
mi correo electrónico es juan arroba gmail punto com
hola, qué tal, buenos días, buenas noches, muchas gracias, de nada
sí por favor, no gracias, por supuesto, exacto, está mal, no creo, no estoy seguro, da igual
no sé qué quiere decir, perdone, ¿puede repetirlo?
quiero hablar con una persona, por favor
dónde está mi paquete, ya debería haber llegado
he perdido la tarjeta y necesito una nueva
cuánto cuesta
qué tiempo hace hoy
la factura de este mes es demasiado alta
la conexión a internet no funciona
quiero cancelar el contrato
nos mudamos a una casa nueva la semana pasada
me dijo que ya había pagado
nos estaban esperando fuera
cuál desea
hay algo que no está bien
quedamos sobre las ocho menos cuarto
dentro de tres horas, hasta el viernes, desde el martes, entre las seis y las siete
antes de fin de mes
aproximadamente el diez por ciento del precio
cuarenta y cinco minutos más tarde
invierno, primavera, verano, otoño
pronto, tarde, enseguida, siempre, a menudo, a veces, normalmente, hoy, esta noche, mañana, ayer, anteayer
semanas, meses, horas, minutos, segundos, década, siglo, docena, par
cumpleaños, vacaciones, Navidad, Semana Santa, nochevieja, año nuevo
calle, avenida, plaza, ciudad, pueblo, país
nombre, apellidos, fecha de nacimiento
norte, sur, este, oeste, izquierda, derecha, arriba, abajo
negro, blanco, rojo, azul, verde, amarillo
bueno, malo, grande, pequeño, barato, caro, viejo, joven, feliz, triste
madre, padre, hermano, hermana, hija, hijo, amigo, esposa, marido
dos mil dieciocho, mil novecientos ochenta, doscientos mil, trescientos cincuenta, ochenta y ocho, noventa y nueve
iré, volvió, haré, será, saldremos, llegan, llegaron, pagado, recibido, pedido
cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve
veintiuno veintidós veintitrés veinticuatro treinta y tres, cuarenta y cuatro, cincuenta y cinco, sesenta y seis, setenta y siete
cien ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos mil dos mil
primero segunda tercero cuarta quinto sexta séptimo octava noveno décima undécimo duodécimo vigésimo centésimo milésimo
lunes martes miércoles jueves viernes sábado domingo lun mié jue vie sáb ene abr ago sept dic
dólares, centavos, céntimos, libras, menos, coma, medio, cuarto, millón, millones
`
