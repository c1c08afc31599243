using ProvableSec.Reasoning.Formulas;

namespace ProvableSec.Reasoning.Search;

/// <summary>
/// What stands behind an answer, for somebody else to check: formulas that have no common request if the answer is a proof,
/// and that the witness satisfies if it is a refutation.
/// </summary>
/// <param name="Formulas">The graph, atoms and variables.</param>
/// <param name="Asserted">Those of them that stand behind it.</param>
/// <param name="IsSatisfiable">Whether the answer says that they have a common request.</param>
internal sealed record Obligation(RequestFormulas Formulas, IReadOnlyList<Formula> Asserted, bool IsSatisfiable);
