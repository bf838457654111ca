import type { ChatConversation, ChatMessage } from "./chat-store.ts";
import type { OrganisationEvent } from "./event-log.ts";
import type { FaultBoard } from "./faults.ts";

/** Turns messages into events of the organisation, with the faults that are set. */
export interface EventFrames {
  /** The message's event, with what goes before it. */
  eventsOf(conversation: ChatConversation, message: ChatMessage): readonly OrganisationEvent[];
}

/** Faults that break events add some: those of the conversations all arrive, so what a client makes of them can be compared. */
export function createEventFrames(faults: FaultBoard): EventFrames {
  let turn = 0;

  const dataOf = (conversation: ChatConversation, message: ChatMessage): EventData => {
    const { values } = faults;
    const numbers = values["genesys-number-ids"] === "on";
    return {
      id: numbers ? message.number : message.id,
      conversationId: numbers ? conversation.number : conversation.id,
      communicationId: conversation.communicationId,
      ...(conversation.agentId === null ? {} : { agentId: conversation.agentId }),
      customerName: conversation.customerName,
      body: message.text,
      ...(values["genesys-no-direction"] === "on" ? {} : { direction: message.direction }),
      eventTime: new Date(message.at + (values["genesys-clock-skew"] ?? 0)).toISOString(),
    };
  };

  return {
    eventsOf(conversation, message) {
      const { values } = faults;
      const data = dataOf(conversation, message);
      const events: OrganisationEvent[] = [];
      const intruders: string[] = [];
      if (faults.strikes(values["genesys-other-events"])) {
        events.push(plain((sequenceId) => JSON.stringify({ eventType: "conversation", sequenceId, eventData: { id: conversation.id, status: "ACTIVE" } })));
      }
      if (faults.strikes(values["genesys-malformed"])) {
        const broken = brokenForms(data)[turn % BROKEN_FORMS];
        turn += 1;
        if (typeof broken === "string") intruders.push(broken);
        else if (broken !== undefined) events.push(plain((sequenceId) => JSON.stringify({ eventType: "message", sequenceId, ...broken })));
      }
      events.push({
        frame: (sequenceId) => JSON.stringify({ eventType: "message", sequenceId, eventData: data }),
        withheld: faults.strikes(values["genesys-gaps"]),
        intruders,
      });
      return events;
    },
  };
}

interface EventData {
  readonly id: string | number;
  readonly conversationId: string | number;
  readonly communicationId: string;
  readonly agentId?: string;
  readonly customerName: string;
  readonly body: string;
  readonly direction?: string;
  readonly eventTime: string;
}

function plain(frame: (sequenceId: number) => string): OrganisationEvent {
  return { frame, withheld: false, intruders: [] };
}

const BROKEN_FORMS = 12;

/** The ways in which an event can break the contract: text that has no number, or what an event with a number holds. */
function brokenForms(data: EventData): readonly (string | object)[] {
  const { id, conversationId, body, ...rest } = { ...data, id: `${String(data.id)}-broken`, body: "This event is broken." };
  const all = { ...rest, id, conversationId, body };
  return [
    { eventData: { ...rest, conversationId, body } },
    { eventData: { ...rest, id, body } },
    { eventData: { ...rest, id, conversationId } },
    { eventData: { ...all, body: "" } },
    { eventData: { ...all, body: { text: body } } },
    { eventData: { ...all, id: { value: id } } },
    { eventData: [] },
    {},
    "not json at all",
    "[]",
    "null",
    JSON.stringify({ eventType: "message", eventData: all }).slice(0, 80),
  ];
}
