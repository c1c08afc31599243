using System.Collections.Immutable;
using System.Text.Json;

namespace ProvableSec.Logs.Rules;

/// <summary>Collects what is wrong with a file of rules.</summary>
internal sealed class RulesProblems(byte[] json)
{
    private readonly List<RulesProblem> problems = [];

    public ImmutableArray<RulesProblem> All => [.. problems];

    public void Add(int offset, string message)
    {
        ReadOnlySpan<byte> before = json.AsSpan(0, Math.Min(offset, json.Length));
        problems.Add(new RulesProblem(message, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n')));
    }

    public void Add(RulesNode node, string message) => Add(node.Offset, message);

    /// <summary>Reports each member that an object cannot have, and each that it has twice.</summary>
    public void ExpectMembers(RulesNode node, string what, params ReadOnlySpan<string> known)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, int offset, _) in node.Members)
        {
            if (!known.Contains(name))
            {
                Add(offset, $"\"{name}\" is not a member of {what}; expected one of {string.Join(", ", known)}");
            }
            else if (!met.Add(name))
            {
                Add(offset, $"\"{name}\" occurs twice");
            }
        }
    }

    public bool ExpectObject(RulesNode node, string what)
    {
        bool isObject = node.Kind == JsonTokenType.StartObject;
        if (!isObject)
        {
            Add(node, $"{what} must be an object");
        }

        return isObject;
    }

    public string? ExpectText(RulesNode node, string what)
    {
        if (node.Text is null)
        {
            Add(node, $"{what} must be a string");
        }

        return node.Text;
    }

    /// <summary>One string or several.</summary>
    public ImmutableArray<(RulesNode Node, string Text)> ExpectTexts(RulesNode node, string what)
    {
        if (node.Kind == JsonTokenType.StartArray && node.Elements.Count > 0 && node.Elements.TrueForAll(element => element.Text is not null))
        {
            return [.. node.Elements.Select(element => (element, element.Text!))];
        }

        if (node.Text is { } text)
        {
            return [(node, text)];
        }

        Add(node, $"{what} must be a string or an array of at least one string");
        return [];
    }

    /// <summary>One of some words; null, and a problem, for anything else.</summary>
    public T? ExpectWord<T>(RulesNode node, string what, params ReadOnlySpan<(string Word, T Meaning)> words)
        where T : struct
    {
        var known = new List<string>();
        foreach ((string word, T meaning) in words)
        {
            if (word == node.Text)
            {
                return meaning;
            }

            known.Add(word);
        }

        Add(node, $"{what} must be one of {string.Join(", ", known)}");
        return null;
    }

    public int? ExpectNumber(RulesNode node, string what, int least, int most)
    {
        if (node.Number is { } number && number >= least && number <= most)
        {
            return (int)number;
        }

        Add(node, $"{what} must be a whole number from {least} to {most}");
        return null;
    }
}
