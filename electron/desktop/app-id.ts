/** The name under which Windows knows the program: its installers' `appId` is the same, or its notifications are nobody's. */
export const APP_ID = "com.callside.desktop";
