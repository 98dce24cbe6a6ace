/** A configuration of a team, with what its jobs use of CircleCI; the roles' jobs join `build`. */
export const TEAM = `version: 2.1
parameters:
  with-docs: { type: boolean, default: false }
orbs:
  aws-cli: circleci/aws-cli@4.1.3
  tools:
    commands:
      count: { steps: [run: echo "$CIRCLE_NODE_INDEX of $CIRCLE_NODE_TOTAL" > "node-$CIRCLE_NODE_INDEX.txt"] }
jobs:
  split:
    parameters: { word: { type: string } }
    docker: [{ image: cimg/node:22.11 }]
    working_directory: ~/app
    parallelism: 2
    steps:
      - tools/count
      - persist_to_workspace: { root: ., paths: [.] }
      - run: test "<< parameters.word >>-$(basename "$PWD")" != "no-app" || test "$CIRCLE_NODE_INDEX" = 0
  counted:
    docker: [{ image: cimg/node:22.11 }]
    steps:
      - attach_workspace: { at: . }
      - run: test "$(cat node-0.txt node-1.txt | tr '\\n' ' ')" = "0 of 2 1 of 2 "
  test:
    docker: [{ image: cimg/node:22.11 }]
    environment: { WORD: hello, COUNT: 3 }
    steps:
      - checkout
      - restore_cache: { keys: [v1] }
      - run: test "$WORD$COUNT" = hello3
      - run:
          name: Build
          working_directory: public
          environment: { WORD: built }
          command: |
            cat > made.txt \\<<END
            $WORD
            END
      - run: mkdir ~/.npm && echo kept > ~/.npm/package
      - save_cache: { key: 'v1-{{ checksum "public/made.txt" }}', paths: [~/.npm] }
      - persist_to_workspace: { root: public, paths: [made.txt] }
      - run: { command: "false || touch failed.txt" }
      - run: { command: touch never.txt, when: on_fail }
  read:
    docker: [{ image: cimg/node:22.11 }]
    steps:
      - attach_workspace: { at: from }
      - run: test "$(cat from/made.txt)" = built
      - restore_cache: { keys: ['v1-{{ checksum "from/made.txt" }}', v1-] }
      - run: test "$(cat ~/.npm/package)" = kept
      - store_artifacts: { path: from/made.txt }
      - store_test_results: { path: from }
      - run: circleci-agent step halt
      - run: "false"
  broken:
    docker: [{ image: cimg/node:22.11 }]
    steps:
      - run: { name: Break, command: echo "it broke" && false }
  tell:
    docker: [{ image: cimg/node:22.11 }]
    steps: [run: echo told]
workflows:
  build:
    jobs:
      - read: { requires: [test] }
      - test
      - hold: { type: approval, requires: [test] }
      - broken
      - tell: { requires: [broken: failed] }
      - split: { matrix: { parameters: { word: [yes, no] } } }
      - counted: { requires: [split-yes] }
  docs:
    when: << pipeline.parameters.with-docs >>
    jobs: [tell]
  nightly:
    triggers: [{ schedule: { cron: 0 0 * * *, filters: { branches: { only: main } } } }]
    jobs: [tell]
`;
