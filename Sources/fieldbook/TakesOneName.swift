import Terminal

extension MetCommand: TakesOneName {}
extension ScheduleCommand: TakesOneName {}
extension MissedCommand: TakesOneName {}
extension CancelCommand: TakesOneName {}
extension PersonAddCommand: TakesOneName {}
extension PersonShowCommand: TakesOneName {}
extension PersonEditCommand: TakesOneName {}
extension PersonDeleteCommand: TakesOneName {}
extension PersonRestoreCommand: TakesOneName {}
extension CommitmentAddCommand: TakesOneName {}
extension CommitmentListCommand: TakesOneName {}
extension HistoryCommand: TakesOneName {}
extension TurfCommand: TakesOneName {}
extension TurfListCommand: TakesOneName {}
extension TurfAddCommand: TakesOneName {}
