/** Whether a run of decimal digits passes the Luhn check of payment cards (ISO/IEC 7812-1). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Whether letters and digits (no spaces) are an IBAN by its check digits (ISO 13616, remainder 1 on division by 97). */
export function passesIbanCheck(compact: string): boolean {
  if (!/^[A-Za-z]{2}\d{2}[A-Za-z\d]{11,30}$/u.test(compact)) return false;
  let remainder = 0;
  for (const letter of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(letter, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
