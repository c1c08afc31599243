using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Cases;

/// <summary>Reads the complete <c>request</c> of a case.</summary>
internal static class RequestReader
{
    private static readonly string[] Members = ["principal", "principalType", "action", "resource", "resourceAccount", "context"];

    /// <summary>Reads a request.</summary>
    /// <param name="value">The object.</param>
    /// <param name="problems">Takes the problems.</param>
    /// <returns>The request; null when it has errors.</returns>
    public static AccessRequest? Read(JsonItem value, CaseProblems problems)
    {
        if (value.Kind != JsonKind.Object)
        {
            problems.WrongType(value, "request", "an object");
            return null;
        }

        JsonItem? principal = null, principalType = null, action = null, resource = null;
        string? resourceAccount = null;
        ImmutableArray<ContextEntry> context = ImmutableArray<ContextEntry>.Empty;
        foreach (JsonMember property in value.Properties())
        {
            JsonItem member = property.Value;
            switch (property.Name)
            {
                case "principal":
                    principal = member;
                    break;
                case "principalType":
                    principalType = member.Kind == JsonKind.Null ? null : member;
                    break;
                case "action":
                    action = member;
                    break;
                case "resource":
                    resource = member;
                    break;
                case "resourceAccount":
                    resourceAccount = member.Kind == JsonKind.Null ? null : problems.ExpectAccount(member, "resourceAccount");
                    break;
                case "context":
                    context = Context(member, problems);
                    break;
                case SupposedPolicies.Supposed or SupposedPolicies.CallerPolicies:
                    // Of the stack, and read with it.
                    break;
                default:
                    problems.Unknown(property, "a request", Members);
                    break;
            }
        }

        CallerPrincipal? caller = Principal(value, principal, principalType, problems);
        string? name = Action(value, action, problems);
        string? arn = Resource(value, resource, problems);
        return caller is not null && name is not null && arn is not null
            ? new AccessRequest(caller, name, arn, resourceAccount, context)
            : null;
    }

    private static CallerPrincipal? Principal(JsonItem request, JsonItem? given, JsonItem? type, CaseProblems problems)
    {
        PrincipalKind? kind = null;
        if (type is { } word)
        {
            if (problems.ExpectString(word, "principalType") is not { } text)
            {
                return null;
            }

            kind = CallerPrincipal.KindOf(text);
            if (kind is null)
            {
                problems.Add(word, ProblemCode.InvalidValue,
                    $"principalType \"{CaseProblems.Shown(text)}\" is not known; expected one of {CallerPrincipal.Words}");
                return null;
            }
        }

        if (given is not { } value)
        {
            problems.Add(request, ProblemCode.MissingElement,
                "the request has no principal; expected an ARN, a service such as lambda.amazonaws.com, or \"*\" for an anonymous caller");
            return null;
        }

        if (problems.ExpectString(value, "principal") is not { } principal)
        {
            return null;
        }

        CallerPrincipal? caller = CallerPrincipal.TryParse(principal, kind, out string problem);
        if (caller is null)
        {
            problems.Add(value, ProblemCode.InvalidArn, problem);
        }

        return caller;
    }

    private static string? Action(JsonItem request, JsonItem? given, CaseProblems problems)
    {
        if (given is not { } value)
        {
            problems.Add(request, ProblemCode.MissingElement, "the request has no action; expected \"service:Name\", such as \"s3:GetObject\"");
            return null;
        }

        if (problems.ExpectString(value, "action") is not { } action)
        {
            return null;
        }

        if (action.IndexOfAny(['*', '?']) >= 0)
        {
            problems.Add(value, ProblemCode.InvalidAction,
                $"a request is for one action, so \"{CaseProblems.Shown(action)}\" cannot have a wildcard; expected \"service:Name\", such as "
                    + $"\"s3:GetObject\"");
            return null;
        }

        if (!ActionSyntax.IsName(action))
        {
            problems.Add(value, ProblemCode.InvalidAction,
                $"\"{CaseProblems.Shown(action)}\" is not an action; expected \"service:Name\", such as \"s3:GetObject\"");
            return null;
        }

        return action;
    }

    private static string? Resource(JsonItem request, JsonItem? given, CaseProblems problems)
    {
        if (given is not { } value)
        {
            problems.Add(request, ProblemCode.MissingElement, "the request has no resource; expected an ARN, or \"*\" for an action without one");
            return null;
        }

        if (problems.ExpectString(value, "resource") is not { } resource)
        {
            return null;
        }

        // A resource is one thing: a star inside it is part of its name.
        if (resource != "*" && !IsArn(resource))
        {
            problems.Add(value, ProblemCode.InvalidArn,
                $"\"{CaseProblems.Shown(resource)}\" is not a resource; expected an ARN (arn:partition:service:region:account:resource), or \"*\" for an "
                    + $"action without one");
            return null;
        }

        return resource;
    }

    private static bool IsArn(string text)
    {
        if (!text.StartsWith("arn:", StringComparison.Ordinal))
        {
            return false;
        }

        int at = 0;
        for (int field = 0; field < 5; field++)
        {
            at = text.IndexOf(':', at) + 1;
            if (at == 0)
            {
                return false;
            }
        }

        return at < text.Length;
    }

    private static ImmutableArray<ContextEntry> Context(JsonItem value, CaseProblems problems)
    {
        if (value.Kind == JsonKind.Null)
        {
            return ImmutableArray<ContextEntry>.Empty;
        }

        if (value.Kind != JsonKind.Object)
        {
            problems.WrongType(value, "context", "an object of condition keys and their values");
            return ImmutableArray<ContextEntry>.Empty;
        }

        var entries = ImmutableArray.CreateBuilder<ContextEntry>(value.Count);
        foreach (JsonMember property in value.Properties())
        {
            string key = property.Name;
            if (key.Length == 0)
            {
                problems.Add(property.NameElement, ProblemCode.InvalidValue, "a condition key cannot be empty");
            }

            entries.Add(new ContextEntry(key, key.ToLowerInvariant(), Values(property.Value, key, problems)));
        }

        return entries.ToImmutable();
    }

    private static ImmutableArray<string> Values(JsonItem value, string key, CaseProblems problems)
    {
        switch (value.Kind)
        {
            case JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False:
                return ImmutableArray.Create(value.Text);
            case JsonKind.Null:
                // Listed and absent: an empty entry keeps the key from being derived.
                return ImmutableArray<string>.Empty;
            case JsonKind.Array:
                var values = ImmutableArray.CreateBuilder<string>(value.Count);
                foreach (JsonItem item in value.Elements())
                {
                    if (item.Kind is JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False)
                    {
                        values.Add(item.Text);
                    }
                    else
                    {
                        problems.WrongType(item, $"a value of \"{CaseProblems.Shown(key)}\"", "a string, number or Boolean");
                    }
                }

                return values.ToImmutable();
            default:
                problems.WrongType(value, $"the value of \"{CaseProblems.Shown(key)}\"", "a string, number, Boolean, null, or an array of values");
                return ImmutableArray<string>.Empty;
        }
    }
}
