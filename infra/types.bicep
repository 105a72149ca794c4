@export()
@description('Somebody who gets a part of what infra/README.md lists under "Who may do what".')
type principal = {
  @description('Object id of a user, group or service principal; nobody when empty.')
  id: string
  type: 'User' | 'Group' | 'ServicePrincipal'
  role: 'deployer' | 'operator' | 'sender' | 'keyKeeper'
}

@export()
@description('Days after its last change, after which a blob is deleted.')
type retention = {
  @minValue(1)
  results: int
  @minValue(1)
  deadLetters: int
  @description('Queues keep a message for as long as it takes; a marker that is gone lets a page be read twice.')
  @minValue(30)
  pageMarkers: int
  @description('A request may wait for a year, and is lost without its claim check.')
  @minValue(370)
  claimChecks: int
}
