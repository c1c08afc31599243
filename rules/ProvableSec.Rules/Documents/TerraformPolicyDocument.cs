using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>
/// Writes the policy that <c>aws_iam_policy_document</c> makes of its blocks (registry.terraform.io, "Data Source: aws_iam_policy_document"), from the
/// configuration of a plan: what is not a constant is unknown text.
/// </summary>
/// <param name="configuration">The configuration.</param>
/// <param name="module">The address of the module.</param>
internal sealed class TerraformPolicyDocument(TerraformConfiguration configuration, string module)
{
    private const string Data = "data.aws_iam_policy_document.";

    private static readonly (string Block, string Element)[] Lists = [("actions", "Action"), ("not_actions", "NotAction"), ("resources", "Resource"),
        ("not_resources", "NotResource")];

    private readonly MappedTextBuilder builder = new();
    private readonly HashSet<string> inside = new(StringComparer.Ordinal);
    private string between = "";
    private int unknown;

    /// <summary>The policy that an expression takes from a document, and how many of its values are not known; null where it takes it from elsewhere, or the
    /// document has no statements that are written down.</summary>
    public static (MappedText Text, int Unknown)? Of(TerraformConfiguration configuration, string module, IReadOnlyList<string> references)
    {
        string[] documents =
            [.. references.Where(reference => reference.StartsWith(Data, StringComparison.Ordinal) && reference.EndsWith(".json", StringComparison.Ordinal))];
        if (documents.Length != 1 || configuration.Find(module, WithoutAttribute(documents[0])) is not { } document)
        {
            return null;
        }

        var policy = new TerraformPolicyDocument(configuration, module);
        policy.builder.Add("{\"Version\":\"2012-10-17\",\"Statement\":[", document.Span);
        policy.Write(WithoutAttribute(documents[0]), document);
        policy.builder.Add("]}", document.Span);
        return policy.between.Length == 0 ? null : (policy.builder.Build(), policy.unknown);
    }

    private static string WithoutAttribute(string reference) => reference.Substring(0, reference.LastIndexOf('.'));

    private void Write(string address, JsonItem document)
    {
        if (!inside.Add(address) || !document.TryGetProperty("expressions", out JsonItem expressions))
        {
            return;
        }

        foreach (string from in (string[])["source_policy_documents", "override_policy_documents"])
        {
            foreach (string reference in expressions.TryGetProperty(from, out JsonItem others) ? TerraformConfiguration.References(others) : [])
            {
                if (reference.StartsWith(Data, StringComparison.Ordinal) && reference.EndsWith(".json", StringComparison.Ordinal)
                    && configuration.Find(module, WithoutAttribute(reference)) is { } other)
                {
                    Write(WithoutAttribute(reference), other);
                }
            }
        }

        foreach (JsonItem statement in expressions.TryGetProperty("statement", out JsonItem statements) ? Blocks(statements) : [])
        {
            WriteStatement(statement);
        }
    }

    private void WriteStatement(JsonItem statement)
    {
        builder.Add(between + "{\"Effect\":", statement.Span).Add(statement.TryGetProperty("effect", out JsonItem effect) ? Texts(effect) : "\"Allow\"",
            statement.Span);
        between = ",";
        foreach ((string block, string element) in Lists)
        {
            if (statement.TryGetProperty(block, out JsonItem list) && !IsEmpty(list))
            {
                builder.Add($",\"{element}\":", list.Span).Add(Texts(list), list.Span);
            }
        }

        WritePrincipals(statement, "principals", "Principal");
        WritePrincipals(statement, "not_principals", "NotPrincipal");
        if (statement.TryGetProperty("condition", out JsonItem conditions) && Blocks(conditions) is { Count: > 0 } blocks)
        {
            string before = ",\"Condition\":{";
            foreach (IGrouping<string, JsonItem> group in blocks.GroupBy(condition => condition.TryGetProperty("test", out JsonItem test) ? Texts(test)
                : "\"\""))
            {
                builder.Add($"{before}{group.Key}:{{", conditions.Span);
                string next = "";
                foreach (JsonItem condition in group)
                {
                    string key = condition.TryGetProperty("variable", out JsonItem variable) ? Texts(variable) : "\"\"";
                    builder.Add($"{next}{key}:{(condition.TryGetProperty("values", out JsonItem values) ? Texts(values) : "[]")}", condition.Span);
                    next = ",";
                }

                builder.Add("}", conditions.Span);
                before = ",";
            }

            builder.Add("}", conditions.Span);
        }

        builder.Add("}", statement.Span);
    }

    private void WritePrincipals(JsonItem statement, string name, string element)
    {
        if (!statement.TryGetProperty(name, out JsonItem principals) || Blocks(principals) is not { Count: > 0 } blocks)
        {
            return;
        }

        // The provider writes Type "*" with the identifier "*" as everybody.
        builder.Add($",\"{element}\":", principals.Span);
        string before = "{";
        foreach (JsonItem principal in blocks)
        {
            string type = principal.TryGetProperty("type", out JsonItem kind) ? Texts(kind) : "\"AWS\"";
            string identifiers = principal.TryGetProperty("identifiers", out JsonItem named) ? Texts(named) : "[]";
            builder.Add(type == "\"*\"" ? "" : before, principals.Span).Add(type == "\"*\"" ? "\"*\"" : $"{type}:{identifiers}", principal.Span);
            before = type == "\"*\"" ? "" : ",";
        }

        builder.Add(before == "," ? "}" : "", principals.Span);
    }

    /// <summary>A constant as JSON, a string or a list of them; unknown text for an expression.</summary>
    private string Texts(JsonItem expression)
    {
        if (!expression.TryGetProperty("constant_value", out JsonItem value))
        {
            unknown++;
            return $"\"{TemplateFunctions.Unknown}\"";
        }

        if (value.Kind != JsonKind.Array)
        {
            return Quoted(value);
        }

        return $"[{string.Join(",", value.Items().Select(Quoted))}]";
    }

    // The language of Terraform has ${ for itself; &{ becomes it in policies.
    private static string Quoted(JsonItem value)
    {
        var quoted = new StringBuilder();
        JsonEscapes.AppendQuoted(quoted, value.Text.Replace("&{", "${"));
        return quoted.ToString();
    }

    private static bool IsEmpty(JsonItem list) => list.TryGetProperty("constant_value", out JsonItem value)
        && (value.Kind == JsonKind.Null || value is { Kind: JsonKind.Array, Count: 0 });

    private static List<JsonItem> Blocks(JsonItem value) => value.Kind == JsonKind.Array ? value.Items() : [value];
}
