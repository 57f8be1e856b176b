/** Everyday sentences in Spanish that answer no question; what may be taken from one stands behind `>`. */
export const chatter = `
hola, ¿hay alguien?
buenos días, ¿cómo está hoy?
llevo veinte minutos esperando
nadie contesta al teléfono
su página no funciona
ya se lo dije todo a su compañero
¿para qué quiere saberlo?
¿me oye?
¿cuál era la pregunta?
no he entendido la segunda
¿puede hablar más despacio?
internet va lento desde este invierno
pago demasiado por esto
la factura es el doble de lo normal
me sale el error 404
lo he intentado tres veces y nada
hay dos en la caja
uno de mis vecinos tiene el mismo problema
vivo en el quinto piso desde hace 10 años
mi hija tiene 12 años y mi hijo 9
éramos cuatro en la cena
la tienda de Sevilla estaba cerrada
llamo desde Madrid
nos mudamos de Valencia a Bilbao
¿está abierta la oficina de Málaga?
el tren a Barcelona llegó tarde
Granada es más bonita que Toledo
me gusta Cádiz en primavera
la carretera a Zaragoza está cortada
¿tienen sucursal en Murcia?
la calle Mayor está cerrada
¿cuánto cuesta?
es demasiado caro
¿hay un plan más barato?
no quiero comprar nada
mi tarjeta no funciona
el cajero se tragó la tarjeta
¿por qué me cobraron una comisión?
he perdido las llaves y la cartera
la contraseña ha caducado
me pide un código que no he recibido
el código que mandaron no funciona
no puedo entrar
¿dónde encuentro mi número de cliente?
no tengo la póliza a mano
el contador está en el sótano
está detrás de la puerta a la izquierda
gire a la derecha en el segundo semáforo
el paquete no llegó nunca
el repartidor lo dejó con un vecino
lo entregaron en la casa equivocada
la caja estaba abierta y medio vacía
dos de los cinco vasos estaban rotos
quiero hablar con una persona real
páseme con su jefe
es la tercera vez que llamo
nunca devuelven la llamada
nadie me ha llamado
no me lo puedo creer
eso no es lo que he dicho
me ha entendido mal
da igual
muchas gracias
mil gracias
es usted muy amable
que tenga un buen día
hasta pronto
qué lío
es ridículo
estoy muy decepcionado
estoy harto
estoy cansado y quiero irme a casa
no estoy seguro
tengo prisa
estoy en el tren
estoy en el trabajo
soy un cliente como cualquier otro
soy español
soy nuevo aquí
es urgente
es tarde
aquí llueve
hace mucho calor aquí
es el peor servicio del mundo
es una broma
¿se puede cambiar de plan?
¿cuánto tarda?
¿cómo funciona?
¿cuándo abren?
¿cuándo viene el técnico?
¿a qué hora cierran?
¿qué día es?
¿qué hora es?
¿qué edad hay que tener?
¿está lejos la estación?
¿cuántos puntos tengo?
¿con quién hablo?
¿quién es el responsable?
¿cómo se llama usted?
¿cómo está escrito mi nombre?
¿se graba la llamada?
¿eres un robot?
¿habla inglés?
¿me entiende?
¿puedo pagar a plazos?
¿me pueden devolver el dinero?
¿puedo preguntar algo?
a lo mejor llego tarde
quizá venga o quizá no
hace sol
me senté y esperé
un segundo
un momento por favor
espere un minuto
un momento, lo tengo que buscar
en un segundo
primero quiero quejarme
por última vez, no
de una vez por todas
tengo otra pregunta
otra cosa
cada cosa a su tiempo
ese es mejor
el rojo por favor
los dos están bien
no funciona ninguno de los dos
falta la mitad
un cuarto de los clientes se queja
funciona nueve de cada diez veces
mi nota es un 7 sobre 10
una valoración mayor que 3
he ganado 3 partidos seguidos
he corrido 5 k
el perro pesa 20 kilos
la habitación tiene 30 metros cuadrados
estamos a 25 grados
necesito la versión 10.2
vimos el canal 4
el autobús 42 llegó tarde
el andén 9 está allí
la habitación 101 está sucia
el capítulo 5 es aburrido
en la página 12 del manual
los 10 primeros de la lista
tengo 2 coches y 3 gatos
tres noches fueron suficientes
tardé de 5 a 10 minutos
la oferta es de 12 meses
de 2009 a 2018 viví fuera
soy cliente desde 2015
compré 2 libras de tomates
me tomé 3 coronas
el botón está bajo la pantalla
en nombre de todos, gracias
no conozco ese nombre
el nombre sale dos veces
llámeme más tarde
llámenme cuando sepan algo
ya los llamo yo
he cambiado de número
mándenme el formulario
mándelo por correo
mi correo está lleno
escríbanme
en casa o en el trabajo
el punto del medio
a ver
me lo tengo que pensar
vale, ¿y ahora qué?
¿y qué?
¿y luego?
creo que sí
creo que no
sería perfecto
me parece bien
estoy de acuerdo
no estoy de acuerdo
no, no es verdad
sí, pero tengo una pregunta
quizá más tarde
ahora no
todavía no
he cambiado de idea
déjelo
¿algo más?
nada más
eso es todo
el verdadero problema es el precio
Google Maps enseña la calle equivocada
lo vi en Facebook
lo leí en El País
volé con Iberia
Feliz Cumpleaños a ti
he pagado 20 euros de más > money
estuve allí ayer > date
voy mañana > date
nos vemos el viernes > date
nos vemos el lunes a las 5 > date time date-time
la tienda cierra a las 18:00 > time
llamé a las 9:30 y nadie contestó > time
`
