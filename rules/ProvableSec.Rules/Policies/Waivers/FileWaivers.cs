namespace ProvableSec.Rules.Policies.Waivers;

/// <summary>The waivers of the findings of one file. One that could be meant for several statements covers none of them: it was written for one.</summary>
internal sealed class FileWaivers
{
    private const int MostShown = 3;

    private readonly string file;
    private readonly List<Waiver> waivers;
    private readonly Dictionary<Waiver, string> refused = [];

    /// <summary>Finds out which waivers are about the file.</summary>
    /// <param name="waivers">All waivers.</param>
    /// <param name="file">The path of the file.</param>
    /// <param name="findings">All its findings.</param>
    public FileWaivers(IReadOnlyList<Waiver> waivers, string file, IReadOnlyList<PolicyFinding> findings)
    {
        this.file = file;
        foreach (Waiver waiver in waivers.Where(waiver => waiver.Statement.Length > 0))
        {
            string[] policies = [.. findings.Where(finding => waiver.Covers(finding, file)).Select(finding => finding.Policy).Distinct(StringComparer.Ordinal)];
            if (policies.Length > 1)
            {
                refused[waiver] =
                    $"its statement is in {policies.Length} policies of the file, and it is about one; add \"pointer\": "
                        + $"{string.Join(" or ", policies.Take(MostShown).Select(pointer => $"\"{pointer}\""))}"
                        + $"{(policies.Length > MostShown ? " or another" : "")}";
            }
            else if (findings.FirstOrDefault(finding => waiver.NamesSharedSid(finding, file)) is { } shared)
            {
                refused[waiver] =
                    $"several statements of the policy have the Sid \"{waiver.Statement}\"; name one by its hash, for example \"{shared.Statement!.Meaning}\"";
            }
        }

        this.waivers = [.. waivers.Where(waiver => !refused.ContainsKey(waiver))];
    }

    /// <summary>The waivers that could be meant for several statements, and how to say which.</summary>
    public IReadOnlyDictionary<Waiver, string> Refused => refused;

    /// <summary>The waiver of a finding; null for none. Its last day is not looked at.</summary>
    public Waiver? Of(PolicyFinding finding) => waivers.Find(waiver => waiver.Covers(finding, file));
}
