using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>One operator applied to one key: a line of a Condition block. All lines of a statement must match.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Key">The condition key as written.</param>
/// <param name="FoldedKey">The key in lower case, by which keys are told apart.</param>
/// <param name="Values">The values, of which one must match (none, for a negated operator); empty for an empty list.</param>
/// <param name="OperatorSpan">The characters of the operator's name.</param>
/// <param name="KeySpan">The characters of the key.</param>
public sealed record Condition(
    ConditionOperator Operator,
    string Key,
    string FoldedKey,
    ImmutableArray<PolicyPattern> Values,
    TextRange OperatorSpan,
    TextRange KeySpan);
