/// Takes a result that nobody wants, so that the optimizer cannot leave out the work for it.
@inline(never) @_optimize(none)
func blackHole<Value>(_ value: borrowing Value) {}
