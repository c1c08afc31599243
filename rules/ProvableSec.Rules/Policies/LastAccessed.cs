using System.Globalization;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies;

/// <summary>
/// What Access Advisor knows: when each service that a user, group, role or policy may use was used last, as
/// <c>aws iam get-service-last-accessed-details</c> gives it (IAM API Reference, GetServiceLastAccessedDetails).
/// </summary>
public sealed class LastAccessed
{
    private LastAccessed(IReadOnlyCollection<string> used, IReadOnlyCollection<string> unused, int days)
    {
        Used = used;
        Unused = unused;
        Days = days;
    }

    /// <summary>Prefixes of services that were used within the days.</summary>
    public IReadOnlyCollection<string> Used { get; }

    /// <summary>Prefixes of services that were not. What the report does not name is neither.</summary>
    public IReadOnlyCollection<string> Unused { get; }

    /// <summary>How many days back counts.</summary>
    public int Days { get; }

    /// <summary>Reads a report.</summary>
    /// <param name="source">The JSON.</param>
    /// <param name="today">The day that is counted back from.</param>
    /// <param name="days">How many days back a use counts.</param>
    /// <param name="problems">What is wrong with it; then the answer is null.</param>
    public static LastAccessed? Read(DocumentText source, DateTime today, int days, out IReadOnlyList<PolicyProblem> problems)
    {
        JsonTree json = JsonTreeReader.Read(source);
        var wrong = new List<PolicyProblem>(json.Problems.Where(problem => problem.IsError));
        problems = wrong;
        if (wrong.Count > 0)
        {
            return null;
        }

        if (json.Root.TryGetProperty("JobStatus", out JsonItem status) && status.Text != "COMPLETED")
        {
            wrong.Add(status.Problem(ProblemCode.InvalidValue, "the job is not completed; ask for the details again later"));
            return null;
        }

        // With the rest on other pages, services that are used would count as not named.
        if (json.Root.TryGetProperty("IsTruncated", out JsonItem truncated) && truncated.Kind == JsonKind.True)
        {
            wrong.Add(truncated.Problem(ProblemCode.InvalidValue, "the list is truncated; the command line of AWS puts the pages together by itself"));
            return null;
        }

        if (!json.Root.TryGetProperty("ServicesLastAccessed", out JsonItem services) || services.Kind != JsonKind.Array)
        {
            wrong.Add(json.Root.Problem(ProblemCode.MissingElement,
                "expected \"ServicesLastAccessed\", a list: what aws iam get-service-last-accessed-details gives"));
            return null;
        }

        var used = new SortedSet<string>(StringComparer.Ordinal);
        var unused = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonItem service in services.Elements())
        {
            if (!service.TryGetProperty("ServiceNamespace", out JsonItem prefix) || prefix.Kind != JsonKind.String)
            {
                wrong.Add(service.Problem(ProblemCode.MissingElement, "the service has no \"ServiceNamespace\""));
                continue;
            }

            bool isUsed = false;
            if (service.TryGetProperty("LastAuthenticated", out JsonItem last))
            {
                if (!DateTimeOffset.TryParse(last.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
                {
                    wrong.Add(last.Problem(ProblemCode.InvalidValue, "\"LastAuthenticated\" is not a time"));
                    continue;
                }

                isUsed = (today - time.UtcDateTime.Date).Days <= days;
            }

            (isUsed ? used : unused).Add(prefix.Text.ToLowerInvariant());
        }

        // Two lines about one service: the better one counts.
        unused.ExceptWith(used);
        return wrong.Count > 0 ? null : new LastAccessed(used, unused, days);
    }
}
