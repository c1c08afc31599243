using System.Collections.Immutable;
using ProvableSec.Logs.Rules;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Logs.Proofs;

/// <summary>A condition with its negations moved down to the atoms.</summary>
internal abstract record RecordFormula
{
    private RecordFormula()
    {
    }

    public sealed record Literal(RecordAtom Atom, bool IsTrue) : RecordFormula;

    public sealed record All(ImmutableArray<RecordFormula> Parts) : RecordFormula;

    public sealed record Any(ImmutableArray<RecordFormula> Parts) : RecordFormula;

    /// <summary>The condition, or its negation.</summary>
    public static RecordFormula Of(LogCondition condition, bool isTrue = true) => condition switch
    {
        LogCondition.All all => Of(all.Conditions, isTrue, isTrue),
        LogCondition.Any any => Of(any.Conditions, isTrue, !isTrue),
        LogCondition.Not not => Of(not.Condition, !isTrue),
        LogCondition.Text text => new Literal(new RecordAtom(new RecordVariable(text.Field, text.Header), Patterns(text.Patterns)), isTrue),
        LogCondition.Address address =>
            new Literal(new RecordAtom(new RecordVariable(LogField.ClientIp), new AddressSet(address.Ranges.Select(range => range.ToString()))), isTrue),
        LogCondition.Number number => new Literal(new RecordAtom(number), isTrue),
        _ => throw new InvalidOperationException("a condition of a kind that does not exist"),
    };

    /// <summary>A field has one of some values.</summary>
    public static RecordFormula Has(LogField field, params string[] values) => new Literal(new RecordAtom(new RecordVariable(field), TextSet.Of(values)), true);

    /// <summary>A value of a field is one of a pattern's, or none is.</summary>
    public static RecordFormula Matches(LogField field, string pattern, bool isTrue = true) =>
        new Literal(new RecordAtom(new RecordVariable(field), Patterns([new TextPattern(pattern)])), isTrue);

    private static RecordFormula Of(ImmutableArray<LogCondition> conditions, bool isTrue, bool all)
    {
        ImmutableArray<RecordFormula> parts = [.. conditions.Select(condition => Of(condition, isTrue))];
        return all ? new All(parts) : new Any(parts);
    }

    /// <summary>Patterns that match in either case are in lower case already: of a host in question its lower-case form is searched.</summary>
    private static TextSet Patterns(ImmutableArray<TextPattern> patterns) => new(new PatternSet(patterns.Select(pattern =>
    {
        var places = new CharPattern.Builder();
        string[] pieces = pattern.Pattern.Split('*');
        for (int i = 0; i < pieces.Length; i++)
        {
            if (i > 0)
            {
                places.Add(PlaceKind.Star);
            }

            places.Exact(pieces[i]);
        }

        return places.Build();
    })));
}
