import { z } from "zod";

const required = (what: string) => z.string({ error: `${what} is required` }).trim().min(1, { error: `${what} must not be blank` });

/** A definition (contract 4.1), as the platform insists on it when it is registered; keys that it does not know it keeps. */
export const registeredSchema = z.looseObject(
  {
    name: required("name").min(3, { error: "name must have at least 3 characters" }).max(100, { error: "name must have at most 100 characters" }),
    description: z.string({ error: "description must be text" }).optional(),
    status: z.enum(["ACTIVE", "INACTIVE"], { error: "status must be ACTIVE or INACTIVE" }).default("ACTIVE"),
    bot_id: required("bot_id"),
    config: z
      .looseObject(
        {
          url: required("url").refine((url) => URL.parse(url)?.protocol === "https:", { error: "External API URLs must use HTTPS" }),
          method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"], { error: "method is not one of the permitted values" }).default("POST"),
          auth_type: z.enum(["bearer", "api_key", "basic", "none"], { error: "auth_type is not one of the permitted values" }).default("bearer"),
          headers: z.record(z.string(), z.string({ error: "header values must be text" }), { error: "headers must be an object" }).default({}),
          request_mapping: z.record(z.string(), z.unknown(), { error: "request_mapping must be an object" }).default({}),
          response_mapping: z.record(z.string(), z.unknown(), { error: "response_mapping must be an object" }).default({}),
          timeout_seconds: z.int({ error: "timeout_seconds must be an integer" }).min(1, { error: "timeout_seconds must be at least 1" }).max(120, { error: "timeout_seconds must be at most 120" }).default(30),
        },
        { error: "config is required" },
      )
      .superRefine(({ method, request_mapping: mapping }, context) => {
        if (method === "GET" && "body" in mapping) context.addIssue({ code: "custom", path: ["method"], message: "GET requests cannot carry a mapped body" });
      }),
  },
  { error: "a definition must be an object" },
);
