using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>
/// Reads a policy document in the grammar of the IAM User Guide, "Grammar of the IAM JSON policy language".
/// Reports all that is wrong with it, each with its place, and reads on.
/// </summary>
public static class PolicyReader
{
    /// <summary>Documents may have this many characters. AWS's largest quota (a 20 KB bucket policy) is far below.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Reads a whole text as a policy. Never throws on any text.</summary>
    public static PolicyDocument Read(DocumentText source)
    {
        if (source is null)
        {
            throw new ArgumentNullException(nameof(source));
        }

        if (source.Text.Length > MaxLength)
        {
            return new PolicyDocument(
                new DocumentText("", source.Name),
                PolicyVersion.V2008,
                false,
                null,
                ImmutableArray<Statement>.Empty,
                ImmutableArray.Create(new PolicyProblem(
                    ProblemCode.TooLarge,
                    $"the document has {source.Text.Length} characters; the limit is {MaxLength}",
                    new TextRange(0, 0),
                    "",
                    source.PositionOf(0),
                    source.Name)));
        }

        JsonTree json = JsonTreeReader.Read(source);
        return Read(json.Root, json.Problems);
    }

    /// <summary>Reads a value of a larger JSON text as a policy.</summary>
    /// <param name="element">The policy object.</param>
    /// <param name="jsonProblems">What the JSON reader found wrong inside it.</param>
    public static PolicyDocument Read(JsonItem element, ImmutableArray<PolicyProblem> jsonProblems) =>
        new Run(element.Document.Source).Document(element, jsonProblems);

    private sealed class Run(DocumentText source)
    {
        private readonly ImmutableArray<PolicyProblem>.Builder problems = ImmutableArray.CreateBuilder<PolicyProblem>();
        private bool variables;

        public PolicyDocument Document(JsonItem root, ImmutableArray<PolicyProblem> jsonProblems)
        {
            problems.AddRange(jsonProblems);
            PolicyVersion version = PolicyVersion.V2008;
            bool namesVersion = false;
            string? id = null;
            JsonItem? statement = null;
            if (root.Kind != JsonKind.Object)
            {
                if (root.Kind != JsonKind.Invalid)
                {
                    Report(root, ProblemCode.WrongType, $"a policy must be an object with a Statement; this is {root.KindInWords}");
                }

                return Finish(version, namesVersion, id, ImmutableArray<Statement>.Empty);
            }

            foreach (JsonMember property in root.Properties())
            {
                JsonItem value = property.Value;
                switch (property.Name)
                {
                    case "Version":
                        namesVersion = true;
                        if (ExpectString(value, "Version") is { } text)
                        {
                            if (text == "2012-10-17")
                            {
                                version = PolicyVersion.V2012;
                            }
                            else if (text != "2008-10-17")
                            {
                                Report(value, ProblemCode.InvalidValue, $"Version must be \"2012-10-17\" or \"2008-10-17\", not \"{Excerpt.Of(text)}\"");
                            }
                        }

                        break;
                    case "Id":
                        id = ExpectString(value, "Id");
                        break;
                    case "Statement":
                        statement = value;
                        break;
                    default:
                        Unknown(property, "a policy", "Version, Id, Statement");
                        break;
                }
            }

            // Version may follow Statement, and decides whether ${ begins a variable: statements are read last.
            variables = version == PolicyVersion.V2012;
            var statements = ImmutableArray.CreateBuilder<Statement>();
            if (statement is not { } found)
            {
                Report(root, ProblemCode.MissingElement, "the policy has no Statement");
            }
            else if (found.Kind == JsonKind.Array)
            {
                int index = 0;
                foreach (JsonItem element in found.Elements())
                {
                    if (Statement(element, index++) is { } read)
                    {
                        statements.Add(read);
                    }
                }

                if (found.Count == 0)
                {
                    Report(found, ProblemCode.EmptyList, "Statement is an empty list, so the policy has no effect");
                }
            }
            else if (Statement(found, 0) is { } only)
            {
                statements.Add(only);
            }

            return Finish(version, namesVersion, id, statements.ToImmutable());
        }

        private PolicyDocument Finish(PolicyVersion version, bool namesVersion, string? id, ImmutableArray<Statement> statements)
        {
            // Stable, and the line that says that there is more stays last.
            ImmutableArray<PolicyProblem> inOrder = problems.Take(JsonTreeReader.MaxProblems).OrderBy(p => p.Span.Start)
                .Concat(problems.Skip(JsonTreeReader.MaxProblems))
                .ToImmutableArray();
            return new PolicyDocument(source, version, namesVersion, id, statements, inOrder);
        }

        private Statement? Statement(JsonItem element, int index)
        {
            if (element.Kind != JsonKind.Object)
            {
                WrongType(element, "a statement", "an object");
                return null;
            }

            string? sid = null;
            Effect? effect = null;
            PrincipalClause? principal = null;
            ActionClause? action = null;
            ResourceClause? resource = null;
            bool effectSeen = false;
            string? actionSeen = null, resourceSeen = null, principalSeen = null;
            ImmutableArray<Condition> conditions = ImmutableArray<Condition>.Empty;
            foreach (JsonMember property in element.Properties())
            {
                JsonItem value = property.Value;
                switch (property.Name)
                {
                    case "Sid":
                        sid = ExpectString(value, "Sid");
                        break;
                    case "Effect":
                        effectSeen = true;
                        effect = ReadEffect(value);
                        break;
                    case "Action" or "NotAction":
                        Conflict(property, actionSeen, "Action and NotAction");
                        actionSeen = property.Name;
                        action = new ActionClause(property.Name == "NotAction", Actions(value, property.Name), property.NameSpan);
                        break;
                    case "Resource" or "NotResource":
                        Conflict(property, resourceSeen, "Resource and NotResource");
                        resourceSeen = property.Name;
                        resource = new ResourceClause(property.Name == "NotResource", Resources(value, property.Name), property.NameSpan);
                        break;
                    case "Principal" or "NotPrincipal":
                        Conflict(property, principalSeen, "Principal and NotPrincipal");
                        principalSeen = property.Name;
                        principal = new PrincipalClause(property.Name == "NotPrincipal", Principals(value, property.Name), property.NameSpan);
                        break;
                    case "Condition":
                        conditions = Conditions(value);
                        break;
                    default:
                        Unknown(property, "a statement", "Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition");
                        break;
                }
            }

            if (!effectSeen)
            {
                Report(element, ProblemCode.MissingElement, "the statement has no Effect; expected \"Allow\" or \"Deny\"");
            }

            if (actionSeen is null)
            {
                Report(element, ProblemCode.MissingElement, "the statement has neither Action nor NotAction");
            }

            if (resourceSeen is null && principalSeen is null)
            {
                Report(element, ProblemCode.MissingElement,
                    "the statement has neither Resource nor NotResource; only a trust policy, which names a Principal, may go without");
            }

            return effect is { } e && action is not null
                ? new Statement(index, sid, e, principal, action, resource, conditions, element.Span)
                : null;
        }

        private Effect? ReadEffect(JsonItem value)
        {
            switch (ExpectString(value, "Effect"))
            {
                case null:
                    return null;
                case "Allow":
                    return Effect.Allow;
                case "Deny":
                    return Effect.Deny;
                case { } text:
                    Report(value, ProblemCode.InvalidValue, $"Effect must be \"Allow\" or \"Deny\", with this case, not \"{Excerpt.Of(text)}\"");
                    return null;
            }
        }

        private ImmutableArray<PolicyPattern> Actions(JsonItem value, string name)
        {
            var patterns = ImmutableArray.CreateBuilder<PolicyPattern>(Math.Max(1, value.Count));
            foreach (JsonItem item in Items(value, name, "so the statement has no effect"))
            {
                string text = item.Text;
                if (text != "*" && !ActionSyntax.IsPattern(text))
                {
                    if (ActionSyntax.WhyItMatchesNothing(text) is { } why)
                    {
                        Report(item, ProblemCode.ImpossibleAction, why);
                    }
                    else
                    {
                        Report(item, ProblemCode.InvalidAction,
                            $"\"{Excerpt.Of(text)}\" is not an action; expected \"*\" or \"service:Name\", such as \"s3:GetObject\"");
                    }
                }

                patterns.Add(PolicyPattern.Plain(text, item.Span));
            }

            return patterns.ToImmutable();
        }

        private ImmutableArray<PolicyPattern> Resources(JsonItem value, string name)
        {
            var patterns = ImmutableArray.CreateBuilder<PolicyPattern>(Math.Max(1, value.Count));
            foreach (JsonItem item in Items(value, name, "so the statement has no effect"))
            {
                string text = item.Text;
                if (!LooksLikeArn(text))
                {
                    Report(item, ProblemCode.InvalidArn,
                        $"\"{Excerpt.Of(text)}\" is not a resource; expected \"*\" or an ARN, arn:partition:service:region:account:resource");
                }

                int unclosed = -1;
                patterns.Add(variables ? PolicyPattern.ResourceWithVariables(text, item.Span, out unclosed) : PolicyPattern.Plain(text, item.Span));
                Unclosed(item, unclosed);
            }

            return patterns.ToImmutable();
        }

        /// <summary>True when some text that begins with <c>arn:</c> could match: a wildcard may stand for any part of that beginning.</summary>
        private static bool LooksLikeArn(string text)
        {
            const string Beginning = "arn:";
            for (int i = 0; i < Beginning.Length; i++)
            {
                if (i < text.Length && text[i] == '*')
                {
                    return true;
                }

                if (i == text.Length || (text[i] != '?' && text[i] != Beginning[i]))
                {
                    // API Gateway completes execute-api:/stage/… itself.
                    return text.StartsWith("execute-api:/", StringComparison.Ordinal);
                }
            }

            return true;
        }

        private ImmutableArray<PrincipalEntry> Principals(JsonItem value, string name)
        {
            var entries = ImmutableArray.CreateBuilder<PrincipalEntry>();
            switch (value.Kind)
            {
                case JsonKind.String when value.Text == "*":
                    entries.Add(new PrincipalEntry(PrincipalEntryKind.Everyone, "*", value.Span));
                    break;
                case JsonKind.String:
                    Report(value, ProblemCode.BarePrincipal, $"{name} is read as {{\"AWS\": …}}; AWS accepts a bare string only as \"*\"");
                    entries.Add(new PrincipalEntry(PrincipalEntryKind.Aws, value.Text, value.Span));
                    break;
                case JsonKind.Object:
                    foreach (JsonMember property in value.Properties())
                    {
                        PrincipalEntryKind? kind = property.Name switch
                        {
                            "AWS" => PrincipalEntryKind.Aws,
                            "Service" => PrincipalEntryKind.Service,
                            "Federated" => PrincipalEntryKind.Federated,
                            "CanonicalUser" => PrincipalEntryKind.CanonicalUser,
                            _ => null,
                        };
                        if (kind is not { } known)
                        {
                            Unknown(property, name, "AWS, Service, Federated, CanonicalUser");
                            continue;
                        }

                        foreach (JsonItem item in Items(property.Value, property.Name, ""))
                        {
                            entries.Add(new PrincipalEntry(known, item.Text, item.Span));
                        }
                    }

                    if (value.Count == 0)
                    {
                        Report(value, ProblemCode.EmptyList, $"{name} names nobody, so the statement has no effect");
                    }

                    break;
                default:
                    WrongType(value, name, "\"*\" or an object");
                    break;
            }

            return entries.ToImmutable();
        }

        private ImmutableArray<Condition> Conditions(JsonItem block)
        {
            if (block.Kind != JsonKind.Object)
            {
                WrongType(block, "Condition", "an object");
                return ImmutableArray<Condition>.Empty;
            }

            var conditions = ImmutableArray.CreateBuilder<Condition>();
            foreach (JsonMember line in block.Properties())
            {
                ConditionOperator op = ConditionOperator.Parse(line.Name, out bool exactCase);
                if (op.Comparison == ConditionComparison.Unknown)
                {
                    Report(line.NameElement, ProblemCode.UnknownOperator,
                        $"AWS has no condition operator \"{Excerpt.Of(line.Name)}\"{OperatorSuggestion.For(line.Name)}");
                }
                else if (!exactCase)
                {
                    Report(line.NameElement, ProblemCode.OperatorCase, $"AWS writes this operator with other capitals than \"{Excerpt.Of(line.Name)}\"");
                }

                if (line.Value.Kind != JsonKind.Object)
                {
                    WrongType(line.Value, Excerpt.Of(line.Name), "an object of condition keys");
                    continue;
                }

                var folded = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (JsonMember key in line.Value.Properties())
                {
                    string name = key.Name;
                    string fold = name.ToLowerInvariant();
                    if (folded.TryGetValue(fold, out string? other) && other != name)
                    {
                        Report(key.NameElement, ProblemCode.DuplicateKey,
                            $"\"{Excerpt.Of(name)}\" and \"{Excerpt.Of(other)}\" are the same condition key, which folds case");
                    }

                    folded[fold] = name;
                    conditions.Add(new Condition(op, name, fold, Values(op, key), line.NameSpan, key.NameSpan));
                }
            }

            return conditions.ToImmutable();
        }

        private ImmutableArray<PolicyPattern> Values(ConditionOperator op, JsonMember key)
        {
            var values = ImmutableArray.CreateBuilder<PolicyPattern>(Math.Max(1, key.Value.Count));
            if (key.Value.Kind == JsonKind.Array)
            {
                foreach (JsonItem item in key.Value.Elements())
                {
                    Value(item);
                }

                if (key.Value.Count == 0)
                {
                    Report(key.Value, ProblemCode.EmptyList, $"the condition on \"{Excerpt.Of(key.Name)}\" lists no value");
                }
            }
            else
            {
                Value(key.Value);
            }

            return values.ToImmutable();

            void Value(JsonItem item)
            {
                if (item.Kind is not (JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False))
                {
                    WrongType(item, "a condition value", "a string, number or Boolean");
                    return;
                }

                string text = item.Text;
                if (op.Comparison == ConditionComparison.Null && !text.Equals("true", StringComparison.OrdinalIgnoreCase)
                    && !text.Equals("false", StringComparison.OrdinalIgnoreCase))
                {
                    Report(item, ProblemCode.InvalidValue, $"Null takes \"true\" or \"false\", not \"{Excerpt.Of(text)}\"");
                }

                int unclosed = -1;
                bool parsed = variables && (op.TakesVariables || op.Comparison == ConditionComparison.Bool) && item.Kind == JsonKind.String;
                values.Add(parsed ? PolicyPattern.WithVariables(text, item.Span, out unclosed) : PolicyPattern.Plain(text, item.Span));
                Unclosed(item, unclosed);
            }
        }

        /// <summary>One string or an array of strings; anything else is reported and left out.</summary>
        private List<JsonItem> Items(JsonItem value, string name, string consequence)
        {
            var items = new List<JsonItem>();
            if (value.Kind == JsonKind.Array)
            {
                foreach (JsonItem item in value.Elements())
                {
                    if (item.Kind == JsonKind.String)
                    {
                        items.Add(item);
                    }
                    else
                    {
                        WrongType(item, name, "a string");
                    }
                }

                if (value.Count == 0)
                {
                    Report(value, ProblemCode.EmptyList, $"{name} is an empty list{(consequence.Length > 0 ? ", " : "")}{consequence}");
                }
            }
            else if (value.Kind == JsonKind.String)
            {
                items.Add(value);
            }
            else
            {
                WrongType(value, name, "a string or an array of strings");
            }

            return items;
        }

        private string? ExpectString(JsonItem value, string name)
        {
            if (value.Kind == JsonKind.String)
            {
                return value.Text;
            }

            WrongType(value, name, "a string");
            return null;
        }

        private void Conflict(JsonMember property, string? seen, string both)
        {
            // The same name twice has been reported as a double key.
            if (seen is not null && seen != property.Name)
            {
                Report(property.NameElement, ProblemCode.ConflictingElements, $"a statement cannot have both {both}");
            }
        }

        private void Unknown(JsonMember property, string where, string expected) =>
            Report(property.NameElement, ProblemCode.UnknownElement,
                $"\"{Excerpt.Of(property.Name)}\" is not an element of {where}; expected one of {expected}");

        private void WrongType(JsonItem value, string name, string expected)
        {
            // What is not JSON has been reported where it stands.
            if (value.Kind != JsonKind.Invalid)
            {
                Report(value, ProblemCode.WrongType, $"{name} must be {expected}; this is {value.KindInWords}");
            }
        }

        private void Unclosed(JsonItem item, int unclosed)
        {
            if (unclosed >= 0)
            {
                Report(item, ProblemCode.UnclosedVariable, "\"${\" is never closed by \"}\", so it is literal text");
            }
        }

        private void Report(JsonItem at, ProblemCode code, string message)
        {
            // Bounded, because every pointer is a walk through the document.
            if (problems.Count < JsonTreeReader.MaxProblems)
            {
                problems.Add(at.Problem(code, message));
            }
            else if (problems.Count == JsonTreeReader.MaxProblems)
            {
                problems.Add(at.Problem(code, JsonTreeReader.TooManyProblems));
            }
            else if (PolicyProblem.IsErrorCode(code) && !problems[problems.Count - 1].IsError)
            {
                // Whether the document has errors must not depend on how many warnings come first.
                problems[problems.Count - 1] = at.Problem(code, JsonTreeReader.TooManyProblems);
            }
        }
    }
}
