using System.Text;
using ProvableSec.Policy.Json;

namespace ProvableSec.Policy.Model;

/// <summary>
/// Writes a policy as JSON in one canonical form: elements in the order of the IAM User Guide's grammar, two spaces of indentation, LF,
/// Statement always a list, a list of one value as that value.
/// </summary>
public static class PolicyWriter
{
    /// <summary>
    /// The document as JSON text with a final line end. Reading it gives the same document, element by element, places apart.
    /// Numbers and Booleans of conditions are written as strings: the operator, not the JSON type, decides how a value is compared, so their meaning is the
    /// same.
    /// A document with errors is written as far as it could be read.
    /// Lines of a Condition block with the same operator are written together, principals of one kind likewise.
    /// </summary>
    public static string Write(PolicyDocument policy)
    {
        var run = new Run();
        run.Document(policy ?? throw new ArgumentNullException(nameof(policy)));
        return run.Text.Append('\n').ToString();
    }

    private sealed class Run
    {
        private int depth;
        private bool first = true;

        public StringBuilder Text { get; } = new();

        public void Document(PolicyDocument policy)
        {
            Open('{');
            if (policy.NamesVersion)
            {
                Property("Version", policy.Version == PolicyVersion.V2012 ? "2012-10-17" : "2008-10-17");
            }

            Property("Id", policy.Id);
            Name("Statement");
            Open('[');
            foreach (Statement statement in policy.Statements)
            {
                Item();
                Statement(statement);
            }

            Close(']');
            Close('}');
        }

        private void Statement(Statement statement)
        {
            Open('{');
            Property("Sid", statement.Sid);
            Property("Effect", statement.Effect == Effect.Allow ? "Allow" : "Deny");
            if (statement.Principal is { } principal)
            {
                Name(principal.IsNot ? "NotPrincipal" : "Principal");
                Principal(principal);
            }

            Name(statement.Action.IsNot ? "NotAction" : "Action");
            Values(statement.Action.Patterns.Select(p => p.Text));
            if (statement.Resource is { } resource)
            {
                Name(resource.IsNot ? "NotResource" : "Resource");
                Values(resource.Patterns.Select(p => p.Text));
            }

            if (!statement.Conditions.IsEmpty)
            {
                Name("Condition");
                Open('{');
                foreach (IGrouping<string, Condition> lines in statement.Conditions.GroupBy(c => c.Operator.Name, StringComparer.Ordinal))
                {
                    Name(lines.Key);
                    Open('{');
                    foreach (Condition condition in lines)
                    {
                        Name(condition.Key);
                        Values(condition.Values.Select(v => v.Text));
                    }

                    Close('}');
                }

                Close('}');
            }

            Close('}');
        }

        private void Principal(PrincipalClause principal)
        {
            if (principal.Entries.Length == 1 && principal.Entries[0].Kind == PrincipalEntryKind.Everyone)
            {
                Quoted("*");
                return;
            }

            Open('{');
            foreach (IGrouping<string, PrincipalEntry> entries in principal.Entries.GroupBy(e => NameOf(e.Kind), StringComparer.Ordinal))
            {
                Name(entries.Key);
                Values(entries.Select(e => e.Value));
            }

            Close('}');
        }

        private static string NameOf(PrincipalEntryKind kind) => kind switch
        {
            PrincipalEntryKind.Service => "Service",
            PrincipalEntryKind.Federated => "Federated",
            PrincipalEntryKind.CanonicalUser => "CanonicalUser",
            // "*" beside others can only be written as an AWS principal, which means the same.
            _ => "AWS",
        };

        private void Values(IEnumerable<string> values)
        {
            string[] all = [.. values];
            if (all.Length == 1)
            {
                Quoted(all[0]);
                return;
            }

            Open('[');
            foreach (string value in all)
            {
                Item();
                Quoted(value);
            }

            Close(']');
        }

        private void Property(string name, string? value)
        {
            if (value is not null)
            {
                Name(name);
                Quoted(value);
            }
        }

        private void Name(string name)
        {
            Item();
            Quoted(name);
            Text.Append(": ");
        }

        private void Quoted(string text) => JsonEscapes.AppendQuoted(Text, text);

        private void Item()
        {
            if (!first)
            {
                Text.Append(',');
            }

            first = false;
            NewLine();
        }

        private void Open(char bracket)
        {
            Text.Append(bracket);
            depth++;
            first = true;
        }

        private void Close(char bracket)
        {
            depth--;
            if (!first)
            {
                NewLine();
            }

            Text.Append(bracket);
            first = false;
        }

        private void NewLine() => Text.Append('\n').Append(' ', 2 * depth);
    }
}
