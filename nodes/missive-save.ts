import { family } from '../src/missive/operations/family';
import { savedLabel } from '../src/missive/saves/saved-label';
import { savedResponse } from '../src/missive/saves/saved-response';
import { savedTeam } from '../src/missive/saves/saved-team';
import { operationNode } from '../src/runtime/operations/operation-node';

export default operationNode(
    family({
        type: 'missive-save',
        label: 'save in Missive',
        verb: 'save',
        sign: 'missive-save.svg',
        keywords: 'create change label tag team canned response template',
        gives: 'what was saved',
        did: {
            shared_label: 'label saved|labels saved',
            team: 'team saved|teams saved',
            response: 'response saved|responses saved',
        },
        summary: 'Creates a shared label, a team or a canned response, or changes those that are there already.',
        details: [
            'With an id the thing is changed, and what is left out stays as it is; without one it is created.',
            'Several ids are changed in the same way in one call, and msg.payload is then a list.',
            'Teams and the sharing of labels are for administrators of the organization.',
        ],
        resource: { label: 'Save', help: 'What is created or changed.' },
        resources: { shared_label: savedLabel, team: savedTeam, response: savedResponse },
        sections: { team: 'How the team works', response: 'More about the response' },
    }),
);
