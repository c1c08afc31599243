namespace ProvableSec.CertificateChecker;

/// <summary>Which assumptions a claim may make, and which it must name.</summary>
internal static class QuestionAssumptions
{
    public const string LinkedKeys = "linked-keys", Shapes = "shapes", Catalogue = "catalogue", AsOf = "as-of", NoDirectGrants = "no-direct-grants",
        NoResourceObstacle = "no-resource-obstacle";

    /// <summary>Whether an assumption is about which requests there are; the others are about policies that a question does not give.</summary>
    public static bool IsAboutWorld(string assumption) => assumption is LinkedKeys or Shapes or Catalogue or AsOf;

    /// <summary>Refuses a claim that names an assumption that its question does not make, or leaves one out without which it has no meaning.</summary>
    /// <param name="meant">The question as it is meant.</param>
    public static void Check(CertifiedQuestion meant)
    {
        string? onPolicy = !meant.HasUnknownResourcePolicy ? null : meant.Question == "granted" ? NoResourceObstacle : NoDirectGrants;
        string? beside = LoneMeaning.Beside(meant);
        foreach (string given in meant.Given)
        {
            if (!IsAboutWorld(given) && given != onPolicy && given != beside)
            {
                throw new CertificateRefusedException($"the question does not make the assumption \"{given}\"");
            }
        }

        if (meant.Given.Contains(AsOf) != meant.AsOf is not null)
        {
            throw new CertificateRefusedException($"the claim names a day without the assumption \"{AsOf}\", or that without a day");
        }

        if (beside is not null && !meant.Given.Contains(beside))
        {
            throw new CertificateRefusedException($"the claim does not name the assumption \"{beside}\", which its question makes");
        }
    }
}
