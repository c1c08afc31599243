using ProvableSec.Logs.Rules;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Logs.Proofs;

/// <summary>"A value of this field is one of these." Equal atoms are equal in every record.</summary>
internal sealed class RecordAtom : IEquatable<RecordAtom>
{
    private readonly string identity;

    /// <summary>An atom about text or an address.</summary>
    public RecordAtom(RecordVariable variable, ValueSet values)
    {
        Variable = variable;
        Values = values;
        identity = values.Identity;
    }

    /// <summary>An atom about a number.</summary>
    public RecordAtom(LogCondition.Number number)
    {
        Variable = new RecordVariable(number.Field);
        Number = number;
        identity = $"{number.AtLeast}..{number.Below}";
    }

    public RecordVariable Variable { get; }

    /// <summary>The values, when they are text or addresses.</summary>
    public ValueSet? Values { get; }

    /// <summary>The range, when they are numbers.</summary>
    public LogCondition.Number? Number { get; }

    public bool Equals(RecordAtom? other) => other is not null && Variable == other.Variable && identity == other.identity;

    public override bool Equals(object? obj) => Equals(obj as RecordAtom);

    public override int GetHashCode() => HashCode.Combine(Variable, identity);
}
