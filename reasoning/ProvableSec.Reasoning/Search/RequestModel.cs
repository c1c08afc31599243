using ProvableSec.Policy;
using ProvableSec.Reasoning.Formulas;

namespace ProvableSec.Reasoning.Search;

/// <summary>A request that satisfies a formula, as values of its variables.</summary>
internal sealed class RequestModel(Dictionary<RequestVariable, List<string>> values, Dictionary<string, bool> free, Reading readings)
{
    /// <summary>The variables that must have a value, with it; all others may be absent.</summary>
    public IReadOnlyDictionary<RequestVariable, List<string>> Values { get; } = values;

    /// <summary>The disputed points whose other reading the model takes.</summary>
    public Reading Readings { get; } = readings;

    /// <summary>Whether the model needs a free Boolean, and needs it true.</summary>
    public bool IsTrue(string freeAtom) => free.TryGetValue(freeAtom, out bool value) && value;

    /// <summary>Whether the model needs a free Boolean, and needs it false.</summary>
    public bool IsFalse(string freeAtom) => free.TryGetValue(freeAtom, out bool value) && !value;

    /// <summary>The one value of a variable, or null.</summary>
    public string? ValueOf(RequestVariable variable) => Values.TryGetValue(variable, out List<string>? list) ? list[0] : null;

    /// <summary>Whether anything that a question asks of a key tells two values apart; if nothing does, the one may stand for the other.</summary>
    public bool TellsApart(RequestFormulas formulas, string key, string one, string other)
    {
        if (one != other)
        {
            RequestVariable variable = formulas.Key(key);
            foreach (RequestAtom atom in formulas.Atoms)
            {
                if (atom.Variable == variable && atom.Set is { } set && set.Contains(one, Readings) != set.Contains(other, Readings))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
