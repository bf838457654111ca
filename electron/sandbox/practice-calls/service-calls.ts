import type { PracticeCall } from "./practice-call.ts";

export const eveningOutages: PracticeCall = {
  id: "evening-outages",
  customerName: "Kwame Osei",
  channel: "voice",
  queue: "Technical support",
  language: "en",
  rows: [
    [1, "agent", 0.35, "Technical support, my name is Lena, hi."],
    [4, "customer", -0.45, "Yeah, hi. It's the internet again. It drops every evening around eight, every single evening."],
    [9.5, "agent", 0.1, "I'm sorry. I'll test the line from here. Is the router on?"],
    [13, "customer", -0.3, "It's on, it's always on. I've done the, uh, the unplugging thing four times now."],
    [18, "agent", 0.05, "Okay. I can see some errors on the line."],
    [22, "customer", -0.55, "I know. I've explained this to three of your colleagues, and every time I start again from the beginning."],
    [27.5, "agent", 0.1, "I have their notes here. They reset the line twice."],
    [31.5, "customer", -0.65, "And it did nothing! Look, no offence to you, but I want to speak to a supervisor."],
    [37, "customer", -0.6, "Please just escalate this, I work from home, I can't, I can't keep doing this."],
    [42.5, "agent", 0.25, "I'll get my supervisor on the line and tell him everything first."],
    [47, "customer", -0.35, "Thank you. How long is that going to take?"],
    [50, "agent", 0.3, "Two minutes. In the meantime I've booked an engineer for tomorrow at eight."],
    [55, "customer", -0.1, "In the morning? Okay. Okay, that works."],
    [59, "agent", 0.35, "And this month is off your bill."],
    [62.5, "customer", 0.25, "All right. That's, yeah. I appreciate it."],
    [66, "agent", 0.4, "Putting you through now."],
  ],
};

/** The mood sinks line by line, and none of the usual keywords is said. */
export const nobodyCame: PracticeCall = {
  id: "nobody-came",
  customerName: "Ingrid Solano",
  channel: "voice",
  queue: "Field service",
  language: "en",
  rows: [
    [1, "agent", 0.4, "Field service, hello, you're speaking to Lena."],
    [4.5, "customer", 0.05, "Hello. I'm just calling about the, um, the visit today."],
    [8.5, "agent", 0.3, "Of course. What time was it booked for?"],
    [11.5, "customer", -0.1, "Between eight and twelve. It's ten past two now."],
    [15.5, "agent", 0.1, "Okay, let me see where he is."],
    [19, "customer", -0.25, "I took the day off for this. Unpaid, actually."],
    [23, "agent", 0, "It says here that he rang the bell at nine."],
    [27, "customer", -0.48, "He didn't. I was sitting right next to the door. The technician never showed up."],
    [32.5, "agent", 0.05, "I understand. It's just what the system shows me."],
    [36, "customer", -0.62, "So I'm making it up? I stayed at home all morning, for nothing, for the third time."],
    [41.5, "customer", -0.7, "I don't know what else to say to you people any more."],
    [46, "agent", 0.25, "No, I believe you. I'm sorry. I can give you the first visit tomorrow, at eight."],
    [51, "customer", -0.45, "And who tells me that he comes tomorrow?"],
    [54.5, "agent", 0.35, "You'll have his own number. And I've added a credit for today."],
    [59, "customer", -0.1, "Hm. All right. Eight, you said?"],
    [62, "agent", 0.4, "Eight o'clock. I'll ring you myself at half past."],
    [66, "customer", 0.3, "Okay. Thank you, that's good of you."],
  ],
};

/** Nothing here asks for help: a call during which the panel stays quiet. */
export const newAddress: PracticeCall = {
  id: "new-address",
  customerName: "Joy Pemberton",
  channel: "voice",
  queue: "Accounts",
  language: "en",
  rows: [
    [1, "agent", 0.5, "Good afternoon, customer accounts, Priya speaking."],
    [4.5, "customer", 0.4, "Hi Priya, hope you're well. We've just moved, so I need to give you our new address."],
    [9.5, "agent", 0.55, "Congratulations! What's the postcode?"],
    [12.5, "customer", 0.35, "It's, hang on, I don't know it by heart yet. Nine four one one oh."],
    [18, "agent", 0.4, "Lovely. And from which day should it be valid?"],
    [21.5, "customer", 0.3, "The first, please. Oh, and is the branch there open on Saturdays?"],
    [26, "agent", 0.45, "It is, from nine to one."],
    [29, "customer", 0.5, "Perfect. Then I'll come by and pick up the, um, the new cheque book."],
    [33.5, "agent", 0.5, "I'll have it sent there. Anything else?"],
    [36.5, "customer", 0.45, "No, I think that's everything."],
    [39.5, "agent", 0.6, "Enjoy the new place, Mrs. Pemberton."],
    [42.5, "customer", 0.65, "Thank you so much, bye bye."],
  ],
};
