import { loadFiles } from "../contract/sample-files.ts";
import { inferModel } from "../model/infer.ts";
import { createMock, type Mock, type MockOptions } from "./mock.ts";

/** For tests: an answer with its body parsed when it is JSON. */
export interface SampleAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
}

export interface SampleMock {
	readonly mock: Mock;
	/** A body that is no text is sent as JSON. */
	send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<SampleAnswer>;
}

/** For tests: a mock of a document given as text. */
export async function sampleMock(text: string, options: Partial<MockOptions> = {}): Promise<SampleMock> {
	const contract = await loadFiles({ "openapi.yaml": text });
	const mock = createMock({ contract, model: inferModel(contract), ...options });
	return { mock, send: sendTo(mock) };
}

/** For tests: sends requests to a mock. */
export function sendTo(mock: Mock): SampleMock["send"] {
	return async (method, path, body, headers = {}) => {
		const isText = typeof body === "string" || body === undefined;
		const response = await mock.fetch(
			new Request(`http://mock.test${path}`, {
				method,
				headers: { ...(isText ? {} : { "content-type": "application/json" }), ...headers },
				...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
			}),
		);
		const content = await response.text();
		const isJson = /json/.test(response.headers.get("content-type") ?? "");
		return {
			status: response.status,
			headers: Object.fromEntries(response.headers),
			body: isJson && content !== "" ? JSON.parse(content) : content,
		};
	};
}

/** For tests: a collection with keys made by the server, a list inside, and a singleton. */
export const PETS = `openapi: 3.1.0
info: { title: Pets, version: "2.1" }
servers: [{ url: "https://pets.example.com/v1" }]
paths:
  /pets:
    get:
      operationId: listPets
      summary: List all pets
      responses:
        "200":
          description: All pets.
          content:
            application/json:
              schema:
                type: object
                required: [data, total, has_more]
                properties:
                  data: { type: array, items: { $ref: "#/components/schemas/Pet" } }
                  total: { type: integer }
                  has_more: { type: boolean }
    post:
      operationId: createPet
      summary: Create a pet
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: "#/components/schemas/NewPet" } }
      responses:
        "201":
          description: Created.
          headers:
            Location: { required: true, schema: { type: string, format: uri-reference } }
          content:
            application/json: { schema: { $ref: "#/components/schemas/Pet" } }
        "400": { $ref: "#/components/responses/Error" }
        "422": { $ref: "#/components/responses/Error" }
  /pets/{pet_id}:
    parameters:
      - { name: pet_id, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: getPet
      summary: Get a pet
      responses:
        "200":
          description: The pet.
          content:
            application/json: { schema: { $ref: "#/components/schemas/Pet" } }
        "404": { $ref: "#/components/responses/Error" }
    put:
      operationId: replacePet
      summary: Replace a pet
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: "#/components/schemas/NewPet" } }
      responses:
        "200":
          description: The pet.
          content:
            application/json: { schema: { $ref: "#/components/schemas/Pet" } }
        "400": { $ref: "#/components/responses/Error" }
        "404": { $ref: "#/components/responses/Error" }
    patch:
      operationId: changePet
      summary: Change a pet
      requestBody:
        required: true
        content:
          application/json: { schema: { type: object, properties: { name: { type: string, minLength: 1 } } } }
      responses:
        "200":
          description: The pet.
          content:
            application/json: { schema: { $ref: "#/components/schemas/Pet" } }
        "404": { $ref: "#/components/responses/Error" }
    delete:
      operationId: deletePet
      summary: Delete a pet
      responses:
        "204": { description: Gone. }
        "404": { $ref: "#/components/responses/Error" }
  /pets/{pet_id}/toys:
    parameters:
      - { name: pet_id, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: listToys
      summary: List the toys
      responses:
        "200":
          description: The toys.
          content:
            application/json: { schema: { type: array, items: { type: string } } }
        "404": { $ref: "#/components/responses/Error" }
    put:
      operationId: replaceToys
      summary: Replace the toys
      requestBody:
        required: true
        content:
          application/json: { schema: { type: array, items: { type: string } } }
      responses:
        "200":
          description: The toys.
          content:
            application/json: { schema: { type: array, items: { type: string } } }
        "404": { $ref: "#/components/responses/Error" }
  /breeds:
    get:
      operationId: listBreeds
      summary: List the breeds
      responses:
        "200":
          description: The breeds.
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Breed" } }
  /breeds/{code}:
    get:
      operationId: getBreed
      summary: Get a breed
      parameters:
        - { name: code, in: path, required: true, schema: { type: string } }
      responses:
        "200":
          description: The breed.
          content:
            application/json: { schema: { $ref: "#/components/schemas/Breed" } }
        "404": { $ref: "#/components/responses/Error" }
  /settings:
    get:
      operationId: getSettings
      summary: Get the settings
      responses:
        "200":
          description: The settings.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Settings" }
              example: { theme: dark, page_size: 50 }
    patch:
      operationId: changeSettings
      summary: Change the settings
      requestBody:
        content:
          application/json: { schema: { $ref: "#/components/schemas/Settings" } }
      responses:
        "200":
          description: The settings.
          content:
            application/json: { schema: { $ref: "#/components/schemas/Settings" } }
  /notes:
    get:
      operationId: readNotes
      responses:
        "200":
          description: Notes, as text or as a table.
          content:
            text/plain: { schema: { type: string }, example: "two notes" }
            text/csv: { schema: { type: string }, example: "a,b" }
  /walks:
    post:
      operationId: bookWalk
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [minutes], properties: { minutes: { type: integer, minimum: 1 } } }
          application/x-www-form-urlencoded:
            schema: { type: object, required: [minutes], properties: { minutes: { type: integer, minimum: 1 } } }
      responses:
        "202":
          description: Booked.
          content:
            application/json:
              schema:
                type: object
                required: [walk_id, minutes, state]
                properties:
                  walk_id: { type: string, format: uuid }
                  minutes: { type: integer }
                  state: { const: booked }
components:
  responses:
    Error:
      description: An error.
      content:
        application/json:
          schema:
            type: object
            required: [code, message]
            properties:
              code: { type: integer }
              message: { type: string }
              pet_id: { type: string }
              errors:
                type: array
                items:
                  type: object
                  required: [field, message]
                  properties: { field: { type: string }, message: { type: string } }
  schemas:
    NewPet:
      type: object
      required: [name]
      properties:
        name: { type: string, minLength: 1 }
        age: { type: integer, minimum: 0 }
        status: { type: string, enum: [available, sold], default: available }
    Pet:
      type: object
      required: [id, name, status, created_at]
      properties:
        id: { type: string, format: uuid, readOnly: true }
        created_at: { type: string, format: date-time, readOnly: true }
        updated_at: { type: string, format: date-time, readOnly: true }
        name: { type: string, minLength: 1 }
        age: { type: integer, minimum: 0 }
        status: { type: string, enum: [available, sold] }
    Breed:
      type: object
      required: [code, name]
      properties: { code: { type: string, pattern: "^[A-Z]{3}$" }, name: { type: string } }
    Settings:
      type: object
      properties: { theme: { type: string, enum: [light, dark] }, page_size: { type: integer } }
`;
