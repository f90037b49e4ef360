export { ActionButton } from './action-button'
export { Banner } from './banner'
export { Button, ButtonLink, Buttons, buttonClass } from './button'
export { Confirm } from './confirm'
export { CopyButton } from './copy-button'
export { ErrorSummary } from './error-summary'
export {
  Checkbox,
  CheckboxGroup,
  Field,
  FieldError,
  RadioGroup,
  Segments,
  Select,
  TextArea,
  TextInput,
  errorOf,
  fieldId,
  type Choice,
  type FieldErrors,
} from './field'
export { Facts, type Fact } from './facts'
export { Finder } from './finder'
export { Hush, Icon } from './icon'
export * from './icons'
export { Card, Columns, Crumbs, Empty, PageHead, Rows, Section, Wrap, type Crumb, type Side } from './layout'
export { MarkdownField } from './markdown-field'
export { Label, State, Tag, Tags } from './marks'
export { Menu, type MenuItem } from './menu'
export { Pager } from './pager'
export { HiddenFields, PostForm, useSending, type Fields } from './post-form'
export { RelativeTime } from './relative-time'
export { Sorts, Tabs, type Tab } from './tabs'
export { ToastRegion, toast } from './toast'
