using System.Text;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Tool.Configurations;

/// <summary>
/// The variables of a configuration: <c>{{name}}</c> in any string of its files stands for a text. One that is a list stands alone in a string, for elements of
/// the list that
/// the string is in. IAM's own variables are written otherwise (<c>${…}</c>), so that both can stand in one string.
/// </summary>
internal sealed partial class ConfigurationVariables
{
    /// <summary>The characters that a file may have with its variables filled in.</summary>
    public const int MostCharacters = 16 << 20;

    private readonly Dictionary<string, (JsonItem Value, string[]? Texts)> values = new(StringComparer.Ordinal);
    private readonly List<string> filling = [];

    /// <summary>Whether a text has a variable.</summary>
    public static bool AreIn(string text) => text.Contains("{{", StringComparison.Ordinal) && Reference().IsMatch(text);

    /// <summary>Takes the variables of a file; those of a file that extends it come later, and win.</summary>
    /// <param name="value">Its member <c>variables</c>.</param>
    /// <param name="problems">Takes what is wrong with them.</param>
    public void Add(JsonItem value, ConfigurationProblems problems)
    {
        if (value.Kind != JsonKind.Object)
        {
            problems.Collected.WrongType(value, "variables", "an object of names and their values");
        }

        foreach (JsonMember member in value.Properties())
        {
            JsonItem text = member.Value;
            if (!Name().IsMatch(member.Name))
            {
                problems.Add(member.NameElement, ProblemCode.InvalidValue,
                    $"\"{member.Name}\" is not the name of a variable; expected a letter, then letters, digits, '.', '_' and '-'");
            }
            else if (text is { Kind: JsonKind.Array, Count: 0 })
            {
                problems.Add(text, ProblemCode.InvalidValue, $"the variable \"{member.Name}\" is an empty list; give it a value");
            }
            else if (text.Kind is not (JsonKind.String or JsonKind.Number)
                && !(text.Kind == JsonKind.Array && text.Items().TrueForAll(item => item.Kind is JsonKind.String or JsonKind.Number)))
            {
                problems.Collected.WrongType(text, $"the variable \"{member.Name}\"", "a string, a number or an array of these");
            }
            else
            {
                values[member.Name] = (text, null);
            }
        }
    }

    /// <summary>A file with its variables filled in.</summary>
    /// <param name="source">The file.</param>
    /// <param name="json">What it says.</param>
    /// <param name="problems">Takes what is wrong with it.</param>
    public ConfigurationFile Fill(DocumentText source, JsonTree json, ConfigurationProblems problems)
    {
        if (json.Root.Kind != JsonKind.Object || !AreIn(source.Text))
        {
            return new ConfigurationFile(source, json, null);
        }

        var changes = new List<(TextRange Span, string Text)>();
        long characters = source.Text.Length;
        foreach (JsonMember member in json.Root.Properties())
        {
            if (member.Name is not ("variables" or "extends" or "$schema"))
            {
                Collect(member.Value, isElement: false, changes, ref characters, problems);
            }
        }

        if (characters > MostCharacters)
        {
            problems.Add(json.Root, ProblemCode.TooLarge, $"with the values of its variables the file has more than {MostCharacters} characters");
            return new ConfigurationFile(source, json, null);
        }

        var filled = new MappedTextBuilder();
        int at = 0;
        foreach ((TextRange span, string text) in changes)
        {
            filled.Copy(source.Text, TextRange.FromBounds(at, span.Start)).Add(text, span);
            at = span.End;
        }

        MappedText made = filled.Copy(source.Text, TextRange.FromBounds(at, source.Text.Length)).Build();
        return new ConfigurationFile(source, JsonTreeReader.Read(new DocumentText(made.Text, source.Name)), made);
    }

    private void Collect(JsonItem value, bool isElement, List<(TextRange, string)> changes, ref long characters, ConfigurationProblems problems)
    {
        switch (value.Kind)
        {
            case JsonKind.String when characters <= MostCharacters && AreIn(value.Text):
                Change(value, string.Join(", ", Texts(value, value.Text, isElement, problems).Select(Quoted)), ref characters);
                break;
            case JsonKind.Array:
                foreach (JsonItem element in value.Elements())
                {
                    Collect(element, isElement: true, changes, ref characters, problems);
                }

                break;
            case JsonKind.Object:
                foreach (JsonMember member in value.Properties())
                {
                    if (characters <= MostCharacters && AreIn(member.Name))
                    {
                        Change(member.NameElement, Quoted(Texts(member.NameElement, member.Name, isElement: false, problems)[0]), ref characters);
                    }

                    Collect(member.Value, isElement: false, changes, ref characters, problems);
                }

                break;
        }

        void Change(JsonItem at, string text, ref long characters)
        {
            changes.Add((at.Span, text));
            characters += text.Length;
        }
    }

    /// <summary>What a string stands for: itself with its variables filled in, or the elements of a list.</summary>
    private string[] Texts(JsonItem at, string text, bool isElement, ConfigurationProblems problems)
    {
        if (isElement && Reference().Match(text) is { Success: true } only && only.Length == text.Length)
        {
            return ValuesOf(only.Groups[1].Value, at, problems) ?? [text];
        }

        var filled = new StringBuilder();
        int end = 0;
        foreach (Match match in Reference().Matches(text))
        {
            string name = match.Groups[1].Value, value = match.Value;
            if (ValuesOf(name, at, problems) is { } texts)
            {
                if (values[name].Value.Kind == JsonKind.Array)
                {
                    problems.Add(at, ProblemCode.WrongType, $"the variable \"{name}\" is a list, which stands for elements of an array: [\"{{{{{name}}}}}\"]");
                }
                else
                {
                    value = texts[0];
                }
            }

            filled.Append(text, end, match.Index - end).Append(value);
            end = match.Index + match.Length;
            if (filled.Length > MostCharacters)
            {
                problems.Add(at, ProblemCode.TooLarge, $"with the values of its variables this has more than {MostCharacters} characters");
                return [text];
            }
        }

        return [filled.Append(text, end, text.Length - end).ToString()];
    }

    /// <summary>The texts that a variable stands for, those in it filled in; null, and a problem, for one that there is not.</summary>
    private string[]? ValuesOf(string name, JsonItem at, ConfigurationProblems problems)
    {
        if (!values.TryGetValue(name, out (JsonItem Value, string[]? Texts) known))
        {
            problems.NoSuch(at, "variable", name, values.Keys);
            return null;
        }

        if (known.Texts is { } texts)
        {
            return texts;
        }

        if (filling.Contains(name))
        {
            problems.Add(known.Value, ProblemCode.InvalidValue,
                $"the variable \"{name}\" is made of itself: {string.Join(" → ", filling.SkipWhile(other => other != name).Append(name))}; give one of them "
                    + $"a value of its own");
            return null;
        }

        filling.Add(name);
        texts = known.Value.Kind == JsonKind.Array ? [.. known.Value.Items().SelectMany(item => Texts(item, item.Text, isElement: true, problems))]
            : Texts(known.Value, known.Value.Text, isElement: false, problems);
        filling.RemoveAt(filling.Count - 1);
        if (texts.Sum(text => (long)text.Length) > MostCharacters)
        {
            problems.Add(known.Value, ProblemCode.TooLarge, $"the variable \"{name}\" has more than {MostCharacters} characters");
            texts = [""];
        }

        values[name] = (known.Value, texts);
        return texts;
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder();
        JsonEscapes.AppendQuoted(quoted, text);
        return quoted.ToString();
    }

    [GeneratedRegex(@"\{\{\s*([A-Za-z][A-Za-z0-9._-]*)\s*\}\}")]
    private static partial Regex Reference();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9._-]*$")]
    private static partial Regex Name();
}
