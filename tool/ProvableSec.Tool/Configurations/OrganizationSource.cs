using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Organizations;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads the organization of a configuration: a file of its own, a folder with answers of the AWS CLI or of iam-collect, or an object.</summary>
internal static class OrganizationSource
{
    /// <summary>Reads it.</summary>
    /// <param name="place">The file of the configuration.</param>
    /// <param name="value">Its member <c>organization</c>.</param>
    /// <param name="problems">Takes what is wrong with it.</param>
    public static ConfiguredOrganization Read(ConfigurationPlace place, JsonItem value, ConfigurationProblems problems)
    {
        if (value.Kind == JsonKind.Object)
        {
            return new ConfiguredOrganization(place.File.Source.Name, OfFile(value, place.Loader, problems));
        }

        if (value.Kind != JsonKind.String)
        {
            problems.Collected.WrongType(value, "organization",
                "the path of an organization's file or folder, or an object with organization, serviceControlPolicies and resourceControlPolicies");
            return new ConfiguredOrganization("organization", null);
        }

        string file = place.NameOf(value.Text);
        if (place.Scope.HasFolder(file))
        {
            OrganizationControls? saved = OrganizationFolder.Read(file, place.Scope, problems.Collected,
                message => value.Problem(ProblemCode.UnreadableFile, message));
            return new ConfiguredOrganization(file, problems.Errors.IsEmpty ? saved : null);
        }

        if (InputFile.TryRead(file, file, out PolicyProblem? unreadable, place.Scope) is not { } source)
        {
            problems.Add(value, ProblemCode.UnreadableFile, unreadable!.Message);
            return new ConfiguredOrganization(file, null);
        }

        if (RecognizedInput.InsteadOf(RecognizedInput.Organization, source) is { } other)
        {
            problems.Collected.Add(other);
            return new ConfiguredOrganization(file, null);
        }

        JsonTree json = JsonTreeReader.Read(source);
        foreach (PolicyProblem problem in json.Problems)
        {
            problems.Collected.Add(problem);
        }

        return new ConfiguredOrganization(file, OfFile(json.Root, new PolicyLoader(new FilePolicySource(file, place.Scope), place.Cache), problems));
    }

    private static OrganizationControls? OfFile(JsonItem value, PolicyLoader loader, ConfigurationProblems problems)
    {
        OrganizationControls controls = OrganizationControlsReader.Read(value, loader, problems.Collected);
        OrganizationPaths.Check(value, problems.Collected);
        return problems.Errors.IsEmpty ? controls : null;
    }
}
