using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Questions;

/// <summary>Reads a partial request: <c>{"like":"…"}</c>, <c>{"any":["…"]}</c>, <c>null</c> for absent; a plain string is literal.</summary>
internal static class RequestPatternReader
{
    private static readonly string[] Members = ["principal", "principalType", "action", "resource", "resourceAccount", "context"];

    /// <summary>Reads the value of <c>request</c>.</summary>
    public static RequestPattern Read(JsonItem value, CaseProblems problems)
    {
        if (value.Kind != JsonKind.Object)
        {
            problems.WrongType(value, "request", "an object");
            return RequestPattern.Any;
        }

        RequestPattern request = RequestPattern.Any;
        JsonItem? principal = null;
        foreach (JsonMember property in value.Properties())
        {
            JsonItem item = property.Value;
            switch (property.Name)
            {
                case "principal":
                    request = request with { Principal = Field(item, "principal", problems) };
                    principal = item;
                    break;
                case "principalType":
                    request = request with { PrincipalType = Kind(item, problems) };
                    break;
                case "action":
                    request = request with { Action = Action(item, problems) };
                    break;
                case "resource":
                    request = request with { Resource = Field(item, "resource", problems) };
                    break;
                case "resourceAccount":
                    request = request with { ResourceAccount = problems.ExpectAccount(item, "resourceAccount") };
                    break;
                case "context":
                    request = request with { Context = Context(item, problems) };
                    break;
                default:
                    problems.Unknown(property, "a request", Members);
                    break;
            }
        }

        // Whether a principal is well formed may depend on the type, which may follow it.
        if (principal is { } at && request.Principal is { } field)
        {
            foreach (string literal in field.Literals)
            {
                if (CallerPrincipal.TryParse(literal, request.PrincipalType, out string problem) is null)
                {
                    problems.Add(at, ProblemCode.InvalidValue, problem);
                }
            }
        }

        return request;
    }

    private static PrincipalKind? Kind(JsonItem value, CaseProblems problems)
    {
        if (problems.ExpectString(value, "principalType") is not { } word)
        {
            return null;
        }

        PrincipalKind? kind = CallerPrincipal.KindOf(word);
        if (kind is null)
        {
            problems.Add(value, ProblemCode.InvalidValue, $"\"{word}\" is not a principalType; expected one of {CallerPrincipal.Words}");
        }

        return kind;
    }

    private static FieldPattern? Action(JsonItem value, CaseProblems problems)
    {
        FieldPattern? action = Field(value, "action", problems);
        foreach (string literal in action?.Literals ?? ImmutableArray<string>.Empty)
        {
            if (!ActionSyntax.IsName(literal))
            {
                problems.Add(value, ProblemCode.InvalidAction,
                    $"\"{literal}\" is not an action; expected \"service:Name\", such as \"s3:GetObject\", or {{\"like\":\"s3:Get*\"}} for a pattern");
            }
        }

        return action;
    }

    private static FieldPattern? Field(JsonItem value, string name, CaseProblems problems)
    {
        switch (value.Kind)
        {
            case JsonKind.String:
                return FieldPattern.Literal(value.Text);
            case JsonKind.Number or JsonKind.True or JsonKind.False when name == "a context value":
                return FieldPattern.Literal(value.Text);
            case JsonKind.Null when name == "a context value":
                return FieldPattern.Absent;
            case JsonKind.Object when value.Count == 1 && value.TryGetProperty("like", out JsonItem like):
                return like.Kind == JsonKind.String ? FieldPattern.Matching(like.Text) : Wrong();
            case JsonKind.Object when value.Count == 1 && value.TryGetProperty("any", out JsonItem any) && any.Kind == JsonKind.Array:
                var literals = ImmutableArray.CreateBuilder<string>();
                var patterns = ImmutableArray.CreateBuilder<string>();
                foreach (JsonItem item in any.Elements())
                {
                    if (Field(item, name, problems) is not { } one)
                    {
                        return null;
                    }

                    literals.AddRange(one.Literals);
                    patterns.AddRange(one.Like);
                }

                return new FieldPattern(false, literals.ToImmutable(), patterns.ToImmutable());
            default:
                return Wrong();
        }

        FieldPattern? Wrong()
        {
            problems.WrongType(value, name, "a string, {\"like\":\"a*\"} or {\"any\":[\"a\",\"b\"]}");
            return null;
        }
    }

    private static ImmutableArray<KeyValuePair<string, FieldPattern>> Context(JsonItem value, CaseProblems problems)
    {
        var context = ImmutableArray.CreateBuilder<KeyValuePair<string, FieldPattern>>();
        if (value.Kind != JsonKind.Object)
        {
            problems.WrongType(value, "context", "an object of condition keys");
            return context.ToImmutable();
        }

        foreach (JsonMember property in value.Properties())
        {
            // Several values of one key: each must be there.
            if (property.Value.Kind == JsonKind.Array)
            {
                foreach (JsonItem item in property.Value.Elements())
                {
                    Add(property.Name, item);
                }

                if (property.Value.Count == 0)
                {
                    context.Add(new(property.Name, FieldPattern.Absent));
                }
            }
            else
            {
                Add(property.Name, property.Value);
            }
        }

        return context.ToImmutable();

        void Add(string key, JsonItem item)
        {
            if (Field(item, "a context value", problems) is { } field)
            {
                context.Add(new(key, field));
            }
        }
    }
}
