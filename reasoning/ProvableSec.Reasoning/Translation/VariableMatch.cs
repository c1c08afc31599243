using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>
/// A comparison with a text that holds policy variables. It couples two keys, so the formula keeps it as a free Boolean with an upper bound;
/// an instance fixes the variables' values and makes it an ordinary comparison.
/// </summary>
/// <param name="Formula">The Boolean: some value of the variable matches the resolved pattern.</param>
/// <param name="Compared">What is compared.</param>
/// <param name="Mode">How.</param>
/// <param name="Pattern">With what.</param>
internal sealed record VariableMatch(Formula Formula, RequestVariable Compared, MatchMode Mode, PolicyPattern Pattern);
