import type { PracticeCall } from "./practice-call.ts";

export const mudanzaSinFibra: PracticeCall = {
  id: "mudanza-sin-fibra",
  customerName: "Lucía Ferrán",
  channel: "voice",
  queue: "Atención al cliente",
  language: "es",
  rows: [
    [1, "agent", 0.4, "Buenas tardes, le atiende Nuria. ¿En qué puedo ayudarle?"],
    [4.5, "customer", -0.25, "Hola, mire, es que, eh, llevo dos semanas sin internet en el piso nuevo."],
    [9.5, "agent", 0.1, "Vaya, lo siento. ¿Me dice su número de cliente?"],
    [13, "customer", -0.1, "Sí, el siete cero cuatro, espere, siete cero cuatro uno nueve."],
    [18, "agent", 0.1, "Gracias. Veo que la instalación está pendiente."],
    [22, "customer", -0.45, "Pendiente, claro. Pero me han cobrado dos veces, dos, y la fibra no funciona."],
    [27, "customer", -0.5, "Lo que quiero es un reembolso, porque esto no, no tiene sentido."],
    [31.5, "agent", 0.2, "Tiene razón, veo los dos cobros. Anulo el segundo ahora mismo."],
    [36, "customer", -0.55, "Y otra cosa, ya puse una queja la semana pasada y nadie me ha contestado."],
    [41, "agent", 0.1, "La estoy buscando. Sí, aquí está, del martes."],
    [45, "customer", -0.6, "Pues si el lunes no tengo internet prefiero cancelar el contrato y ya está."],
    [50, "agent", 0.3, "Le he conseguido cita con el técnico mañana a las nueve."],
    [54, "customer", 0.05, "¿Mañana? ¿Seguro? Porque la otra vez, bueno."],
    [57.5, "agent", 0.35, "Seguro. Le mando su teléfono por mensaje."],
    [61, "customer", 0.35, "Vale. Pues muchas gracias, Nuria, de verdad."],
    [64.5, "agent", 0.5, "A usted, Lucía. Que vaya bien la mudanza."],
  ],
};

export const zapatosPequenos: PracticeCall = {
  id: "zapatos-pequenos",
  customerName: "Andrés Quiroga",
  channel: "chat",
  queue: "Devoluciones",
  language: "es",
  rows: [
    [1, "customer", 0.1, "buenas, una pregunta"],
    [4, "agent", 0.4, "Buenas, Andrés, soy Nuria. Dígame."],
    [9, "customer", -0.15, "los zapatos que pedí me quedan pequeños, y además el pedido llegó con retraso"],
    [15, "agent", 0.2, "Lo siento. ¿Prefiere otra talla o devolverlos?"],
    [20, "customer", -0.1, "mejor que me devuelvan el dinero, ya compré otros en la tienda"],
    [26, "agent", 0.35, "Claro. Le mando la etiqueta, y el reembolso sale en cuanto lleguen."],
    [32, "customer", -0.45, "otra vez esperar? la última vez tardaron un mes, fue un desastre"],
    [38, "customer", -0.3, "si vuelve a pasar pongo una reclamación, se lo digo con cariño jaja"],
    [44, "agent", 0.35, "Lo entiendo. Esta vez lo pago en cuanto el mensajero los recoja, mañana."],
    [50, "customer", 0.4, "ah pues genial, gracias"],
    [54, "agent", 0.5, "A usted. La etiqueta ya está en su correo."],
    [58, "customer", 0.55, "recibida! buen finde"],
  ],
};
