namespace ProvableSec.Rules.Escalation;

/// <summary>Who can act as whom in some accounts, step by step up to those who may do everything.</summary>
/// <param name="Principals">The users and roles, in the order of the dump.</param>
/// <param name="Administrators">Those that are proved to be allowed everything.</param>
/// <param name="Steps">The steps of those that are not administrators.</param>
/// <param name="Open">Steps that are allowed, but the dump does not tell whose role or policy they lead to (the code of a function, say, but not its role); to
/// nobody.</param>
/// <param name="Undecided">Users and roles of which nothing is concluded, and why.</param>
internal sealed record EscalationGraph(
    IReadOnlyList<string> Principals, IReadOnlyCollection<string> Administrators, IReadOnlyList<EscalationStep> Steps, IReadOnlyList<EscalationStep> Open,
    IReadOnlyList<(string Principal, string Reason)> Undecided)
{
    /// <summary>The target of a step by which a principal grants itself any permission.</summary>
    public const string Administrator = "administrator";

    /// <summary>True for the target itself and for those who are there already.</summary>
    public bool IsAtTheTop(string principal) => principal == Administrator || Administrators.Contains(principal);

    /// <summary>For each user and role that can get to the top a shortest chain of steps, in the order of the dump.</summary>
    public IReadOnlyList<IReadOnlyList<EscalationStep>> Chains()
    {
        Dictionary<string, EscalationStep> next = Next();
        var chains = new List<IReadOnlyList<EscalationStep>>();
        foreach (string principal in Principals.Where(principal => !IsAtTheTop(principal) && next.ContainsKey(principal)))
        {
            var chain = new List<EscalationStep>();
            for (string at = principal; !IsAtTheTop(at); at = next[at].To)
            {
                chain.Add(next[at]);
            }

            chains.Add(chain);
        }

        return chains;
    }

    /// <summary>The first step of a shortest chain of each, found from the top down.</summary>
    private Dictionary<string, EscalationStep> Next()
    {
        var next = new Dictionary<string, EscalationStep>(StringComparer.Ordinal);
        var reached = new HashSet<string>(Administrators, StringComparer.Ordinal) { Administrator };
        bool isMore = true;
        while (isMore)
        {
            EscalationStep[] found = [.. Steps.Where(step => reached.Contains(step.To) && !reached.Contains(step.From) && !next.ContainsKey(step.From))];
            foreach (EscalationStep step in found)
            {
                if (!next.ContainsKey(step.From))
                {
                    next.Add(step.From, step);
                }
            }

            isMore = found.Length > 0;
            reached.UnionWith(found.Select(step => step.From));
        }

        return next;
    }
}
