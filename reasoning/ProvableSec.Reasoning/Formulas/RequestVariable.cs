namespace ProvableSec.Reasoning.Formulas;

/// <summary>A part of the request that conditions speak of: the action, the resource, the caller, its session, or a condition key.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">The key in lower case; <c>action</c>, <c>resource</c>, <c>caller</c> or <c>session</c> for those.</param>
/// <param name="IsAlwaysPresent">True for the action, the resource and the caller.</param>
/// <param name="IsMultivalued">True when a request may give it several values.</param>
internal sealed record RequestVariable(int Id, string Name, bool IsAlwaysPresent, bool IsMultivalued);
