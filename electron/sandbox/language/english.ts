import { stemmer } from "@orama/stemmers/english";
import type { WordList } from "./word-list.ts";

/** English, as customers of a service desk speak it. */
export const english: WordList = {
  language: "en",
  stem: stemmer,
  upset: "angry",
  stopWords: `a about after again all also although am an and any anyway are as at aye back be because been before being
    both but by bye calling call called can cannot cant come could course day did didnt do does doesnt doing done dont down
    each either else er erm even ever every few fine first for from get gets getting give go goes going gone gonna good goodbye
    got gotta great had hang has hasnt have havent having he hello help her here hey hi him his hmm hold honestly how hundred
    i id if ill im in indeed into is isnt it its ive just keep kind kindly know last let lets like line listen little look
    lot lovely made make many may maybe me mean might mine mm mhm month monday moment morning more much must my myself name
    need needed needs never next nice no nobody nope nor not nothing now of off oh ok okay on once one only or other our out over own
    perhaps please point probably pretty put quite rather really reason right said same saw say saying see seems she should shall
    show side since so some somebody someone something sorry sort still such suppose sure clearly take taken talk tell than thank thanks that thats
    the their them then there theres these they theyre thing things think this those though thought three through till to today
    together told tomorrow too tried try trying tuesday two u uh uhm um until up us use used very via want wanted wants was
    wasnt way we week weeks well went were what whats when where which while who whole why will wish with without wont word
    would wouldnt wrong yeah year years yep yes yesterday yet you your youre yours ago already actually afternoon always
    another anything ask asked basically bit check looking look five six seven eight nine ten four twenty thirty forty fifty zero
    minute minutes hour days dollar dollars euro euros pound pounds number numbers phone friday wednesday thursday saturday
    sunday weekend january february march april june july august september october november december guess hear heard happen
    happened happens instead least less long man maam sir mr mrs miss mister much myself people person question quick quickly
    real say set soon start started stay sounds sound stuff super time times tonight whatever whenever wonder wondering work
    works working speak spoke speaking everything problem issue matter weather dog cat kids lunch dinner football`,
  synonyms: [
    ["refund", "reimburse", "reimbursement", "money back", "get my money", "want my money", "pay me back", "paid back", "give me back", "repay", "repaid", "refunded", "credit it back", "put it back on", "credited", "credited back", "credit back"],
    ["charge", "charged", "debited", "deducted", "took out", "you took", "you take", "taken out", "taken from my account", "take from my account", "came out of my account", "withdrawn", "out of my account", "come out", "came out", "gone out", "went out"],
    ["twice", "double", "doubled", "duplicate", "duplicated", "two times", "second time", "same amount again", "two of them", "both times", "identical", "once too often", "one time too many"],
    ["cancel", "cancellation", "terminate", "termination", "get rid of", "unsubscribe", "end my contract", "end the contract", "stop my subscription", "stop the subscription", "stop the service", "close my account", "close the account", "shut down my account", "leave you", "switch provider", "switch to someone else", "go to another company", "go elsewhere", "other provider", "another provider", "another company", "another supplier", "thinking of leaving", "want to leave", "want out", "no longer want", "stop paying for"],
    ["subscription", "membership", "contract"],
    ["complaint", "complain", "complaining", "grievance", "put it in writing", "on record", "formally", "ombudsman", "regulator"],
    ["supervisor", "manager", "someone senior", "somebody senior", "your boss", "higher up", "superior", "escalate", "escalation", "escalated", "in charge", "above you", "someone else in charge", "team lead"],
    ["angry", "furious", "frustrated", "frustrating", "frustration", "ridiculous", "unacceptable", "upset", "annoyed", "annoying", "fed up", "disappointed", "disappointing", "terrible", "awful", "disgrace", "disgraceful", "joke", "sick of", "unbelievable", "nightmare", "appalling", "horrible", "rude", "tired of", "had enough", "lose my temper", "waste of time", "wasted", "nobody cares", "hopeless"],
    ["late", "delay", "delayed", "overdue", "not arrived", "never arrived", "not turned up", "never turned up", "hasnt come", "not come", "never came", "hasnt arrived", "still waiting", "not here", "says delivered", "says it was delivered", "marked as delivered", "marked delivered", "where my", "where is my", "where is the", "where are my", "has not shown up", "never showed up"],
    ["wait", "waiting", "waited", "queue", "on hold", "sat here", "stayed in", "stayed at home"],
    ["parcel", "package", "delivery", "deliver", "delivered", "order", "ordered", "shipment", "shipped", "courier", "driver", "tracking"],
    ["broken", "faulty", "defective", "damaged", "does not work", "doesnt work", "not working", "stopped working", "wont turn on", "wont switch on", "broke", "cracked", "smashed", "packed up", "leaks", "leaking", "dented", "died on me"],
    ["password", "passcode", "log in", "logging in", "login", "sign in", "signing in", "locked out", "get into my account", "access my account", "pass word"],
    ["card", "debit card", "credit card", "bank card", "visa", "mastercard"],
    ["lost", "lose", "losing", "stolen", "stole", "misplaced", "cannot find", "cant find", "gone missing", "left it in", "robbed", "pickpocket"],
    ["replacement", "replace", "new one", "another one", "a new card", "send me another"],
    ["transfer", "move money", "move some money", "send money", "send some money", "wire", "move from my savings", "moving money", "shift money", "shift some money"],
    ["statement", "statements", "list of transactions", "transaction history", "account history"],
    ["balance", "how much money", "how much is in my", "how much i have"],
    ["appointment", "appointments", "book a slot", "schedule", "reschedule", "meeting", "come in and see", "sit down with", "slot"],
    ["hours", "opening hours", "opening times", "open", "opens", "what time do you close", "closing time", "when do you close"],
    ["branch", "branches", "office", "in person", "bank near me"],
    ["fee", "fees", "surcharge", "penalty", "overdraft", "late fee", "service charge", "maintenance charge"],
    ["bill", "bills", "invoice", "billing", "billed", "utility", "electricity", "gas company", "electric"],
    ["pay", "paying", "payment", "payments", "paid", "settle"],
    ["return", "returning", "send it back", "sending it back", "send them back", "give it back", "bring it back", "exchange", "wrong size", "does not fit", "doesnt fit", "take it back"],
    ["warranty", "guarantee", "repair", "repaired", "fix it"],
    ["roaming", "abroad", "overseas", "foreign country", "on holiday", "on vacation", "travelling", "traveling", "border", "outside the country"],
    ["internet", "broadband", "wifi", "wi fi", "router", "connection", "online"],
    ["outage", "cuts out", "cutting out", "cut out", "drops", "dropping", "dropped", "disconnects", "goes down", "is down", "went down", "been down", "keeps going", "no signal", "offline", "unstable"],
    ["engineer", "technician", "installer", "fitter", "repairman"],
    ["missed", "no show", "nobody came", "nobody turned up", "no one came", "no one turned up", "didnt turn up", "did not turn up", "never came round", "didnt show", "did not show", "stood me up", "stayed away"],
    ["address", "moved house", "moving house", "new flat", "new apartment", "moved to", "moving to", "relocating", "new place", "change of address"],
    ["expensive", "too much", "price", "prices", "cheaper", "cost", "costs", "afford", "gone up", "went up", "put up", "increase", "higher bill", "higher", "more than before"],
    ["fraud", "fraudulent", "scam", "scammed", "hacked", "unauthorised", "unauthorized", "did not make", "didnt make", "do not recognise", "dont recognise", "do not recognize", "dont recognize", "not me", "wasnt me", "suspicious", "strange transaction"],
    ["upgrade", "upgrading", "faster", "bigger plan", "more data", "better plan"],
    ["promise", "promised", "agreed", "assured", "was told", "were told", "you said", "they said"],
    ["repeat", "repeating", "explained", "explaining", "explain again", "third time", "fourth time", "fifth time", "same story", "over and over", "passed around", "every time", "start again", "same thing again", "all over again"],
    ["loan", "mortgage", "borrow", "credit limit", "instalment", "installment"],
    ["cheque", "check book", "checkbook", "chequebook", "order checks", "checks", "cheques"],
    ["instalments", "extension", "extra time", "cannot pay", "cant pay", "spread the", "pay later", "lost my job", "struggling", "tight"],
    ["lawyer", "solicitor", "court", "sue", "attorney", "trading standards"],
    ["full", "complete", "entire", "every penny", "every cent", "whole amount"],
    ["voucher", "discount", "promo", "coupon", "promotional", "code"],
    ["missing item", "missing", "not in the box", "one short", "incomplete", "half of"],
  ],
};
