import { stemmer } from "@orama/stemmers/spanish";
import type { WordList } from "./word-list.ts";

/** Spanish, as customers of a service desk speak it. */
export const spanish: WordList = {
  language: "es",
  stem: stemmer,
  upset: "enfadado",
  stopWords: `a acá adiós ahí ahora al algo algún alguien allí antes aquí así aún aunque bien buena buenas bueno buenos cada casi
    como cómo con creo cual cuál cuando cuándo cuánto de del desde después día días dice dicen dijo dijeron donde dónde dos e
    el él ella ellos en entonces era es esa ese eso esos esta está están estar estas este esto estos estoy fue gracias ha había
    hace hacer hago han hasta hay haya he hola hoy igual ir justo la las le les lo los luego mañana más me mi mí mis mes meses
    mire mira misma mismo momento mucho muy nada ni no nos nosotros nuestra o oiga os otra otro para pero poco poder por porque
    pues puede pueden puedo que qué quería quiero se sé sea según señor señora ser si sí sido siempre sin sobre sobre sois somos
    son soy su sus tal también tan tanto te tengo tenía tiene tienen toda todavía todo todos tres tu tú un una uno unos usted
    ustedes va vale vamos van veces ver vez vida voy y ya yo eh ehm em tiempo nombre favor llamo llamar llamando semana semanas
    gustaría necesito quisiera quiera hacen pasa cosa verdad euro euros tarde tardes noche ayer viernes lunes fin hablar hablo poner pone ponga ponme páseme pasar paso prefiero llegar martes miércoles jueves sábado domingo`,
  synonyms: [
    ["reembolso", "reembolsar", "reembolsen", "devolver dinero", "devolución del dinero", "devuelvan el dinero", "devuelvan mi dinero", "devuelva el dinero", "devuelvan", "mi dinero", "dinero de vuelta", "recuperar el dinero", "reintegro", "abono", "me lo devuelvan"],
    ["cobrar", "cobro", "cobrado", "cobraron", "cargo", "cargado", "cargos", "descontado", "quitado", "sacado"],
    ["doble", "dos veces", "duplicado", "duplicada", "repetido", "segunda vez"],
    ["cancelar", "cancelación", "baja", "darme de baja", "dar de baja", "anular", "rescindir", "irme a otra compañía", "cambiar de compañía", "dejar el servicio"],
    ["contrato", "suscripción", "plan", "tarifa"],
    ["queja", "quejarme", "reclamación", "reclamar", "hoja de reclamaciones", "denuncia", "por escrito"],
    ["supervisor", "supervisora", "encargado", "encargada", "responsable", "jefe", "jefa", "superior", "gerente"],
    ["enfadado", "enfadada", "harto", "harta", "molesto", "molesta", "vergüenza", "inaceptable", "increíble", "indignado", "indignada", "decepcionado", "fatal", "cansado", "cansada", "pésimo", "horrible", "desastre", "tomando el pelo"],
    ["pedido", "paquete", "envío", "entrega", "entregar", "repartidor", "encargo", "mensajero"],
    ["retraso", "no ha llegado", "no llega", "no llegó", "esperando", "espero", "esperar", "llevo esperando"],
    ["contraseña", "clave", "entrar en mi cuenta", "acceder", "acceso", "bloqueada", "iniciar sesión"],
    ["tarjeta", "tarjetas"],
    ["perdido", "perdí", "robado", "robaron", "robo", "no encuentro", "extraviado", "bloquear"],
    ["factura", "facturas", "recibo"],
    ["internet", "wifi", "router", "conexión", "fibra"],
    ["avería", "se corta", "cortes", "no funciona", "caída", "caído", "fallo"],
    ["cita", "citas", "turno"],
    ["transferencia", "transferir", "enviar dinero", "mandar dinero", "pasar dinero"],
    ["roto", "rota", "defectuoso", "defectuosa", "dañado", "estropeado", "estropeada", "no enciende"],
    ["cambiar", "devolver", "devolución", "talla"],
    ["caro", "cara", "precio", "subido", "subida", "barato"],
  ],
};
