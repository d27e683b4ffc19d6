/**
 * The part of GOV.UK Frontend 6 that we use; the package ships no types.
 * Source: node_modules/govuk-frontend/dist/govuk/all.mjs and init.mjs.
 */
declare module "govuk-frontend" {
  /** A component class: constructed on each element that carries its data-module name. */
  export interface ComponentClass {
    new ($root: Element | null, config?: object): object;
    readonly moduleName: string;
  }
  export const Button: ComponentClass;
  export class CharacterCount {
    static readonly moduleName: string;
    constructor($root: Element | null, config?: object);
    $textarea: HTMLTextAreaElement | HTMLInputElement;
    count: number;
    updateCount(): void;
  }
  export const Checkboxes: ComponentClass;
  export const ErrorSummary: ComponentClass;
  export const NotificationBanner: ComponentClass;
  export const Radios: ComponentClass;
  export const ServiceNavigation: ComponentClass;
  export const SkipLink: ComponentClass;

  /** Starts the component on every matching element of the document (or of scope). */
  export function createAll(component: ComponentClass, config?: object, scope?: Element): object[];
}
