using System.Collections.Immutable;
using System.Text.Json;

namespace ProvableSec.Logs.Rules;

/// <summary>Reads the conditions of rules.</summary>
internal static class ConditionReader
{
    /// <summary>Reads a condition: an object whose members must all be met.</summary>
    public static LogCondition? Read(RulesNode node, RulesProblems problems)
    {
        if (!problems.ExpectObject(node, "a condition"))
        {
            return null;
        }

        var all = ImmutableArray.CreateBuilder<LogCondition>();
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, int offset, RulesNode value) in node.Members)
        {
            if (!met.Add(name))
            {
                problems.Add(offset, $"\"{name}\" occurs twice");
            }
            else if (Member(name, offset, value, problems) is { } condition)
            {
                all.Add(condition);
            }
        }

        return all.Count == 1 ? all[0] : new LogCondition.All(all.ToImmutable());
    }

    private static LogCondition? Member(string name, int offset, RulesNode value, RulesProblems problems)
    {
        if (name is "any" or "all")
        {
            if (value.Kind != JsonTokenType.StartArray || value.Elements.Count == 0)
            {
                problems.Add(value, $"{name} must be an array of at least one condition");
                return null;
            }

            ImmutableArray<LogCondition> conditions = [.. value.Elements.Select(element => Read(element, problems)).OfType<LogCondition>()];
            return name == "any" ? new LogCondition.Any(conditions) : new LogCondition.All(conditions);
        }

        if (name == "not")
        {
            return Read(value, problems) is { } condition ? new LogCondition.Not(condition) : null;
        }

        if (LogFieldNames.Find(name) is not { } field)
        {
            problems.Add(offset, $"\"{name}\" is not a field of a condition; expected one of {string.Join(", ", LogFieldNames.All)}, any, all, not");
            return null;
        }

        return field switch
        {
            LogField.ClientIp => Address(value, problems),
            LogField.Header => Header(value, problems),
            _ when LogFieldNames.IsNumber(field) => Number(field, name, value, problems),
            _ => new LogCondition.Text(field, null, Patterns(field, value, name, problems)),
        };
    }

    private static ImmutableArray<TextPattern> Patterns(LogField field, RulesNode value, string name, RulesProblems problems)
    {
        var patterns = ImmutableArray.CreateBuilder<TextPattern>();
        foreach ((RulesNode node, string text) in problems.ExpectTexts(value, name))
        {
            var pattern = new TextPattern(text, ignoreCase: field == LogField.Host);
            patterns.Add(pattern);
            if (FieldVocabulary.Problem(field, pattern) is { } problem)
            {
                problems.Add(node, problem);
            }
        }

        return patterns.ToImmutable();
    }

    private static LogCondition? Header(RulesNode value, RulesProblems problems)
    {
        if (value.Kind != JsonTokenType.StartObject || value.Members.Count == 0)
        {
            problems.Add(value, "header must be an object with the names of headers, each with its values: {\"user-agent\": \"curl/*\"}");
            return null;
        }

        foreach ((string name, int offset, _) in value.Members)
        {
            if (FieldVocabulary.HeaderProblem(name) is { } problem)
            {
                problems.Add(offset, problem);
            }
        }

        ImmutableArray<LogCondition> headers =
        [
            .. value.Members.Select(member => new LogCondition.Text(
                LogField.Header, new TextPattern(member.Name, ignoreCase: true).Pattern, Patterns(LogField.Header, member.Value, member.Name, problems))),
        ];
        return headers.Length == 1 ? headers[0] : new LogCondition.All(headers);
    }

    private static LogCondition.Address Address(RulesNode value, RulesProblems problems)
    {
        var ranges = ImmutableArray.CreateBuilder<AddressRange>();
        foreach ((RulesNode node, string text) in problems.ExpectTexts(value, "clientIp"))
        {
            if (AddressRange.TryParse(text, out AddressRange range))
            {
                ranges.Add(range);
            }
            else
            {
                problems.Add(node, $"\"{text}\" is not an address or a range such as 192.0.2.0/24 or 2001:db8::/32");
            }
        }

        return new LogCondition.Address(ranges.ToImmutable());
    }

    private static LogCondition.Number? Number(LogField field, string name, RulesNode value, RulesProblems problems)
    {
        long atLeast = 0;
        long? below = null;
        if (value.Kind != JsonTokenType.StartObject || value.Members.Count == 0)
        {
            problems.Add(value, name + " must be an object with atLeast, below or both");
            return null;
        }

        problems.ExpectMembers(value, name, "atLeast", "below");
        foreach ((string bound, _, RulesNode number) in value.Members)
        {
            if (number.Number is not >= 0)
            {
                problems.Add(number, bound + " must be a whole number, 0 or more");
            }
            else if (bound == "below")
            {
                below = number.Number;
            }
            else
            {
                atLeast = number.Number.Value;
            }
        }

        if (below <= atLeast)
        {
            problems.Add(value, $"{name} matches no record: no number is at least {atLeast} and below {below}");
        }

        return new LogCondition.Number(field, atLeast, below);
    }
}
