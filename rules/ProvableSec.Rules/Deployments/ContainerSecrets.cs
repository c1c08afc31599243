using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Deployments;

/// <summary>
/// Secrets in the environments of containers and builds: task definitions (Amazon ECS Developer Guide, "Task definition parameters"), compose files
/// (compose-spec.io),
/// manifests of Kubernetes (kubernetes.io, "Define Environment Variables for a Container", "Secrets"), buildspecs (AWS CodeBuild User Guide, "Build
/// specification reference").
/// </summary>
internal static class ContainerSecrets
{
    /// <summary>What a document is.</summary>
    public static DeploymentKind KindOf(JsonItem root) =>
        root.TryGetProperty("containerDefinitions", out JsonItem containers) && containers.Kind == JsonKind.Array ? DeploymentKind.TaskDefinition
            : root.TryGetProperty("apiVersion", out JsonItem version) && version.Kind == JsonKind.String && root.TryGetProperty("kind", out JsonItem kind)
            && kind.Kind == JsonKind.String ? DeploymentKind.Kubernetes
            : root.TryGetProperty("phases", out JsonItem phases) && phases.Kind == JsonKind.Object && root.TryGetProperty("version", out _)
            ? DeploymentKind.Buildspec
            : root.TryGetProperty("services", out JsonItem services) && services.Members()
                .Exists(service => service.Value.TryGetProperty("image", out _) || service.Value.TryGetProperty("build", out _)) ? DeploymentKind.Compose
        : DeploymentKind.Other;

    /// <summary>Looks through a document.</summary>
    public static void Check(JsonItem root, DeploymentFindings findings)
    {
        switch (KindOf(root))
        {
            case DeploymentKind.TaskDefinition:
                CheckEach(root, "containerDefinitions/*/environment", "task definition", findings);
                foreach (JsonItem container in root.TryGetProperty("containerDefinitions", out JsonItem containers) ? containers.Items() : [])
                {
                    HsmContainer.Check(container, "task definition", findings);
                }

                break;
            case DeploymentKind.Buildspec:
                CheckEach(root, "env/variables", "buildspec", findings);
                break;
            case DeploymentKind.Compose:
                foreach (JsonMember service in root.TryGetProperty("services", out JsonItem services) ? services.Members() : [])
                {
                    CheckEach(service.Value, "environment", $"service {Excerpt.Of(service.Name)}", findings);
                    CheckEach(service.Value, "build/args", $"service {Excerpt.Of(service.Name)}", findings);
                    HsmContainer.Check(service.Value, $"service {Excerpt.Of(service.Name)}", findings);
                }

                break;
            case DeploymentKind.Kubernetes:
                CheckManifest(root, findings);
                break;
        }
    }

    private static void CheckManifest(JsonItem root, DeploymentFindings findings)
    {
        string kind = root.TryGetProperty("kind", out JsonItem named) ? named.Text : "";
        string name = root.TryGetProperty("metadata", out JsonItem metadata) && metadata.TryGetProperty("name", out JsonItem of) && of.Kind == JsonKind.String
            ? of.Text : "";
        string owner = $"{Excerpt.Of(kind)} {Excerpt.Of(name)}".Trim();
        if (kind is "Secret" or "ConfigMap")
        {
            CheckEach(root, "stringData", owner, findings);
            foreach (TemplatePlace data in TemplatePlace.At(root, "data"))
            {
                EnvironmentSecrets.Check(EnvironmentProperties.Variables(data.Value, kind == "Secret" ? Decoded : TextOf), owner, findings);
            }

            return;
        }

        if (kind == "List")
        {
            foreach (JsonItem item in root.TryGetProperty("items", out JsonItem items) ? items.Items() : [])
            {
                CheckManifest(item, findings);
            }

            return;
        }

        foreach (JsonItem containers in root.TryGetProperty("spec", out JsonItem spec) ? Containers(spec) : [])
        {
            foreach (JsonItem container in containers.Items())
            {
                CheckEach(container, "env", owner, findings);
            }
        }
    }

    /// <summary>The lists of containers of a pod, or of the template of pods in something else.</summary>
    private static IEnumerable<JsonItem> Containers(JsonItem spec) =>
        spec.Members().SelectMany(member => member.Name is "containers" or "initContainers" or "ephemeralContainers" ? [member.Value]
        : member.Name is "template" or "spec" or "jobTemplate" ? Containers(member.Value) : []);

    private static void CheckEach(JsonItem of, string path, string owner, DeploymentFindings findings)
    {
        foreach (TemplatePlace place in TemplatePlace.At(of, path))
        {
            EnvironmentSecrets.Check(EnvironmentProperties.Variables(place.Value, TextOf), owner, findings);
        }
    }

    private static string? TextOf(JsonItem value) => value.Kind is JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False ? value.Text : null;

    private static string? Decoded(JsonItem value)
    {
        try
        {
            return value.Kind == JsonKind.String ? Encoding.UTF8.GetString(Convert.FromBase64String(value.Text.Trim())).TrimEnd('\n') : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
